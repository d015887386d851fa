package dev.upshift.pooler;

/**
 * The ports of this module as a plan uses them: they read the real configurations, touch no console, note what they would
 * do, and from then on answer as if it had been done and every pooler had obeyed.
 */
public record RecordingPoolers(PoolerFleets fleets, ConfigurationStores stores) {}
