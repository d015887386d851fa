package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.pooler.PoolerProcess;

/**
 * What a pooler's console tells about the entries for a project's databases.
 *
 * @param process about other processes that take the same clients
 */
public record PoolerReading(boolean paused, Destination leadsTo, int clients, int waiting, PoolerProcess process) {}
