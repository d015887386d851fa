package dev.upshift.monitoring;

/** A project was sampled; in memory only, rings the bell of open pages. */
public record SnapshotTaken(String slug, boolean healthChanged) {}
