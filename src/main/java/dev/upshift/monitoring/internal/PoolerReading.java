package dev.upshift.monitoring.internal;

import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;

/** What a pooler's console tells about the entries for a project's databases. */
record PoolerReading(boolean paused, Destination leadsTo, int clients, int waiting) {}
