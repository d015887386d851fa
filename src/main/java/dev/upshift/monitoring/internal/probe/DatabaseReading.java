package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.DatabaseLooks.SlotReading;
import dev.upshift.postgres.DatabaseLooks.TableCopy;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.TableName;
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
public record DatabaseReading(
        PostgresVersion version,
        Lsn written,
        boolean fenced,
        @Nullable SlotReading slot,
        @Nullable SubscriptionReading subscription,
        Passing passing) {

    /** Without anybody who passes a fence. */
    public DatabaseReading(
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
    public record Passing(List<String> able, List<String> writing) {
        public static final Passing NOBODY = new Passing(List.of(), List.of());
    }

    /**
     * @param workerRunning whether the leading apply worker runs, and has not only just been started again
     * @param tables one per table of the subscription, without the helper schema's
     * @param failure what the server says of the apply worker that does not run, or where it says so; null while it
     *     runs
     */
    public record SubscriptionReading(
            boolean enabled,
            boolean workerRunning,
            long applyErrors,
            long syncErrors,
            List<TableReading> tables,
            @Nullable String failure) {

        public SubscriptionReading(
                boolean enabled, boolean workerRunning, long applyErrors, long syncErrors, List<TableReading> tables) {
            this(enabled, workerRunning, applyErrors, syncErrors, tables, null);
        }
    }

    /**
     * @param letter {@code srsubstate}: i, d, f, s or r
     * @param workerRunning whether a worker of its own copies the table
     * @param copiedBytes as the copy in progress reports it; null when none is, and below 14
     * @param copiedRows likewise
     * @param failure what the server says of a copy without a worker, or where it says so; null for others
     */
    public record TableReading(
            TableName name,
            String letter,
            boolean workerRunning,
            @Nullable Long copiedBytes,
            @Nullable Long copiedRows,
            @Nullable String failure) {

        public TableReading(
                TableName name,
                String letter,
                boolean workerRunning,
                @Nullable Long copiedBytes,
                @Nullable Long copiedRows) {
            this(name, letter, workerRunning, copiedBytes, copiedRows, null);
        }

        static TableReading of(TableCopy copy) {
            return new TableReading(
                    copy.name(), copy.letter(), copy.workerRunning(), copy.copiedBytes(), copy.copiedRows());
        }

        /**
         * Between the begin of a copy and its end there is a worker for the table; where there is none, it failed and
         * will be tried again in a few seconds.
         */
        public boolean isWithoutWorker() {
            return !workerRunning && (letter.equals("d") || letter.equals("f"));
        }

        TableReading failedBecause(String why) {
            return new TableReading(name, letter, workerRunning, copiedBytes, copiedRows, why);
        }
    }
}
