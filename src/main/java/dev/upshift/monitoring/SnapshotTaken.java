package dev.upshift.monitoring;

/**
 * A project was sampled; in memory only and only on the node that sampled, rings the bell of open pages. What was seen
 * is {@link Monitoring#latest}.
 */
public record SnapshotTaken(String slug, boolean healthChanged) {}
