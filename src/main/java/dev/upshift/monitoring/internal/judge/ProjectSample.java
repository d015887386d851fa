package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.TableProgress;
import java.time.Instant;
import java.util.List;

/**
 * A sample with its tables.
 *
 * @param tablesTakenAt when the tables were seen so; earlier than the snapshot while the subscriber does not answer
 */
public record ProjectSample(ReplicationSnapshot snapshot, List<TableProgress> tables, Instant tablesTakenAt) {}
