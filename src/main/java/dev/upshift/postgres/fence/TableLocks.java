package dev.upshift.postgres.fence;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Locks of one transaction on tables or sequences of a database that whoever writes there would wait for.
 *
 * @param mode the strongest of them, in the server's word
 * @param granted whether it is held; else it is waited for, and whoever comes later waits behind it
 * @param tables the first few, quoted as in a statement
 * @param count how many there are
 * @param others how many more transactions have such locks than are told of
 */
public record TableLocks(
        BlockingTransaction transaction, String mode, boolean granted, List<String> tables, int count, int others) {

    public TableLocks {
        tables = List.copyOf(tables);
    }

    /** Who has them on what, without a full stop. */
    public String words() {
        return "%s %s %s on %s%s"
                .formatted(
                        transaction.words(),
                        granted ? "holds" : "waits for",
                        mode,
                        tables.stream().collect(Collectors.joining(", ")),
                        count > tables.size() ? " and %d more".formatted(count - tables.size()) : "");
    }
}
