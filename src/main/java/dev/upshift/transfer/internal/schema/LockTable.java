package dev.upshift.transfer.internal.schema;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many locks a server can hold at a time. A schema is put in place in one transaction, which keeps a lock on
 * everything that it makes: thousands of tables fill the lock table of a server with its default settings, and the
 * restore ends with "out of shared memory".
 *
 * @param perTransaction the setting {@code max_locks_per_transaction}
 * @param holders how many sessions and processes it is multiplied by
 */
record LockTable(int perTransaction, int holders) {

    private static final String PER_TRANSACTION = "max_locks_per_transaction";

    private static final List<String> HOLDERS = List.of(
            "max_connections",
            "max_prepared_transactions",
            "max_worker_processes",
            "max_wal_senders",
            "autovacuum_max_workers");

    /** What is advised is a multiple of this, and leaves some room for others. */
    private static final int STEP = 64;

    /** The settings that tell. */
    static List<String> settings() {
        return Stream.concat(Stream.of(PER_TRANSACTION), HOLDERS.stream()).toList();
    }

    /** @param values by name; a setting that a server does not have counts as 0 */
    static LockTable of(Map<String, String> values) {
        return new LockTable(
                number(values, PER_TRANSACTION),
                HOLDERS.stream().mapToInt(name -> number(values, name)).sum());
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(values.getOrDefault(name, "0"));
    }

    private long size() {
        return (long) perTransaction * holders;
    }

    /** What is to be said about a database of so many relations; nothing if there is room. */
    Optional<Finding> finding(String database, int relations) {
        if (size() == 0 || relations <= size()) {
            return Optional.empty();
        }
        long needed = relations / holders + 1L;
        return Optional.of(new Finding(
                Place.on(Side.TARGET, database),
                List.of(PER_TRANSACTION),
                String.format(
                        Locale.ROOT,
                        "its %,d tables, keys, sequences and views are made in one transaction, and there is room for"
                                + " %,d locks.",
                        relations,
                        size()),
                "Set %s there to %d (now %d) and restart it."
                        .formatted(PER_TRANSACTION, (needed / STEP + 1) * STEP, perTransaction)));
    }
}
