package dev.upshift.monitoring.internal;

import dev.upshift.postgres.SlotObservation;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side tells about one database of a project.
 *
 * @param written how far its log is written
 * @param fenced whether the database refuses ordinary writes
 * @param slot of the link that leads away from this side; null when there is none
 * @param subscription of the link that leads to this side; null when there is none
 * @param passing where the database is fenced, those who pass the fence
 */
record DatabaseReading(
        PostgresVersion version,
        Lsn written,
        boolean fenced,
        @Nullable SlotReading slot,
        @Nullable SubscriptionReading subscription,
        Passing passing) {

    /** Without anybody who passes a fence. */
    DatabaseReading(
            PostgresVersion version,
            Lsn written,
            boolean fenced,
            @Nullable SlotReading slot,
            @Nullable SubscriptionReading subscription) {
        this(version, written, fenced, slot, subscription, Passing.NOBODY);
    }

    /**
     * Sessions in a fenced database, in words.
     *
     * @param able clients whose role may write in spite of the fence
     * @param writing sessions that are in a transaction that has written
     */
    record Passing(List<String> able, List<String> writing) {
        static final Passing NOBODY = new Passing(List.of(), List.of());
    }

    /**
     * @param confirmed what the subscriber has flushed; null for a slot that was never used
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
     * @param retainedBytes of WAL; null when the slot has lost its place
     * @param reportedLag as {@code pg_stat_replication} has it: null while idle, and for roles that may not see it
     * @param look what tells it from another one of its name
     */
    record SlotReading(
            boolean active,
            @Nullable Lsn confirmed,
            @Nullable String walStatus,
            @Nullable Long retainedBytes,
            @Nullable Duration reportedLag,
            SlotObservation look) {}

    /**
     * @param workerRunning whether the leading apply worker runs
     * @param tables one per table of the subscription, without the helper schema's
     */
    record SubscriptionReading(
            boolean enabled, boolean workerRunning, long applyErrors, long syncErrors, List<TableReading> tables) {}

    /**
     * @param letter {@code srsubstate}: i, d, f, s or r
     * @param workerRunning whether a worker of its own copies the table
     * @param copiedBytes as the copy in progress reports it; null when none is, and below 14
     * @param copiedRows likewise
     */
    record TableReading(
            TableName name,
            String letter,
            boolean workerRunning,
            @Nullable Long copiedBytes,
            @Nullable Long copiedRows) {}
}
