package dev.upshift.monitoring;

import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a project's replication at one moment. A side that did not answer is a value, never an exception.
 *
 * @param unreachable one sentence per side or pooler that did not answer
 * @param takenAt when the sampling ended
 */
public record ReplicationSnapshot(
        String slug,
        Instant takenAt,
        Health health,
        List<String> reasons,
        List<LinkSample> links,
        List<PoolerSample> poolers,
        TableCounts tables,
        List<String> unreachable) {

    /** Judgement over a snapshot. */
    public enum Health {
        /** Nothing replicates yet, or no more. */
        IDLE,
        HEALTHY,
        WARNING,
        CRITICAL,
        UNKNOWN
    }

    /**
     * One direction of one database.
     *
     * @param lag {@code pg_current_wal_lsn() - confirmed_flush_lsn}
     * @param lagTime age of the last flush report, null when not known
     */
    public record LinkSample(
            String database,
            Direction direction,
            ByteCount lag,
            @Nullable Duration lagTime,
            String slot,
            boolean slotActive,
            @Nullable String walStatus,
            ByteCount retained,
            boolean enabled,
            boolean workerRunning,
            long applyErrors,
            long syncErrors) {}

    /**
     * @param state what its entries say
     * @param leadsTo {@code SOURCE}, {@code TARGET}, {@code MIXED} or {@code UNKNOWN}
     */
    public record PoolerSample(String name, PoolerState state, String leadsTo, int clients, int waiting) {

        public enum PoolerState {
            SERVING,
            PAUSED,
            UNREACHABLE
        }
    }

    public record TableCounts(int pending, int copying, int ready, int error) {

        public int total() {
            return pending + copying + ready + error;
        }
    }
}
