package dev.upshift.monitoring;

import dev.upshift.postgres.link.WalStatus;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a project's replication at one moment. A side that did not answer is a value, never an exception.
 *
 * @param takenAt when the sampling ended
 * @param reasons why the health is not {@code HEALTHY}, worst first: what was seen and what to do, in one or two sentences each
 * @param links the links that exist, whatever the phase; forward before reverse
 * @param sides source, then target
 * @param tables counts over the tables of the current direction; as last seen while a side does not answer
 * @param unreachable one sentence per side or pooler that did not answer
 */
public record ReplicationSnapshot(
        String slug,
        Instant takenAt,
        Health health,
        List<String> reasons,
        List<SideSample> sides,
        List<LinkSample> links,
        List<PoolerSample> poolers,
        TableCounts tables,
        List<String> unreachable) {

    public ReplicationSnapshot {
        reasons = List.copyOf(reasons);
        sides = List.copyOf(sides);
        links = List.copyOf(links);
        poolers = List.copyOf(poolers);
        unreachable = List.copyOf(unreachable);
    }

    /** Judgement over a snapshot, from good to bad. */
    public enum Health {
        HEALTHY,
        /** Nothing replicates yet, or no more. */
        IDLE,
        /** Cannot be told, because the side that would know does not answer. */
        UNKNOWN,
        WARNING,
        CRITICAL
    }

    /**
     * One of the two clusters.
     *
     * @param fenced whether every database of the project refuses ordinary writes there (read-only by default, or no
     *     connections allowed); false when the side did not answer
     * @param version as the server tells it, e.g. {@code 13.23}; null while it has never answered
     */
    public record SideSample(
            Side side,
            boolean reachable,
            boolean fenced,
            @Nullable String version) {}

    /**
     * One direction of one database. What only one end can tell is null, or false, while that end does not answer.
     *
     * @param lag {@code pg_current_wal_lsn() - confirmed_flush_lsn} at the publisher; null when it did not answer
     * @param lagTime how old the newest change is that the subscriber has not yet flushed; zero when it has everything,
     *     null when not known
     * @param walStatus null when the publisher did not tell it
     * @param retained WAL that the slot holds back at the publisher; null when it did not answer
     * @param enabled whether the subscription is enabled
     * @param workerRunning whether the subscription's leading apply worker runs
     * @param applyErrors since the subscription's statistics began; always 0 before PostgreSQL 15
     * @param syncErrors likewise, while copying tables
     */
    public record LinkSample(
            String database,
            Direction direction,
            @Nullable ByteCount lag,
            @Nullable Duration lagTime,
            String slot,
            boolean slotActive,
            @Nullable WalStatus walStatus,
            @Nullable ByteCount retained,
            boolean enabled,
            boolean workerRunning,
            long applyErrors,
            long syncErrors) {}

    /**
     * One PgBouncer, seen through its console.
     *
     * @param state what its entries for the project's databases say
     * @param clients clients of those entries, waiting ones included
     * @param waiting clients that wait for a server connection, because they are held or because the pool is full
     */
    public record PoolerSample(String name, PoolerState state, Destination leadsTo, int clients, int waiting) {

        /** What a pooler does with its clients. */
        public enum PoolerState {
            SERVING,
            /** At least one entry is paused: its clients are held. */
            PAUSED,
            UNREACHABLE
        }

        /** Where the entries for the project's databases lead. */
        public enum Destination {
            SOURCE,
            TARGET,
            MIXED,
            UNKNOWN
        }
    }

    /** How many tables are how far; {@code pending} are those whose copy has not begun. */
    public record TableCounts(int pending, int copying, int ready, int error) {

        public static final TableCounts NONE = new TableCounts(0, 0, 0, 0);

        public int total() {
            return pending + copying + ready + error;
        }
    }
}
