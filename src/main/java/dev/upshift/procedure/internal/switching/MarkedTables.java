package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.TableMark;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.MarkedTable;
import dev.upshift.procedure.internal.common.Names;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.switching.UnsentChanges.Reason;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the tables of the side that is left with their marks: whether anything was done to them since both sides were
 * known to be equal of which the link sends nothing. Marked are they before they are copied, by a comparison that
 * finds all equal, and, for the way back, by a switch before the side that is entered serves anybody.
 */
final class MarkedTables {

    private static final Duration POLL = Duration.ofMillis(20);

    private final Switch sw;

    MarkedTables(Switch sw) {
        this.sw = sw;
    }

    /** What was done, in sentences; marks what came since. */
    List<String> objections(Duration patience) {
        return sw.parts().concurrently().map(sw.databases(), database -> objection(database, patience)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> objection(String database, Duration patience) {
        List<TableMark> from = marks(sw.from(), database, Role.WORK);
        List<MarkedTable> known = known(database).orElse(List.of());
        markWhatCame(database, known, from);
        return words(database, changes(database, known, from, Role.WORK, patience));
    }

    /** The same with the sessions of the window, where nothing is marked. */
    Optional<String> objectionAgain(String database, Duration patience) {
        List<MarkedTable> known = known(database).orElse(List.of());
        List<TableMark> from = marks(sw.from(), database, Role.LOOK);
        return words(database, changes(database, known, from, Role.LOOK, patience));
    }

    /** @param patience how long a TRUNCATE may take to arrive, where only that tells it from worse */
    private UnsentChanges changes(
            String database, List<MarkedTable> known, List<TableMark> from, Role role, Duration patience) {
        AtomicReference<UnsentChanges> seen = new AtomicReference<>(UnsentChanges.of(List.of(), List.of(), List.of()));
        sw.parts().waiting().until(patience, POLL, () -> {
            UnsentChanges changes = UnsentChanges.of(known, from, marks(sw.to(), database, role));
            seen.set(changes);
            return changes.of(Reason.UNTOLD).isEmpty();
        });
        return seen.get();
    }

    /** Early enough: whatever is done to it from now on counts, though it may be copied only later. */
    private void markWhatCame(String database, List<MarkedTable> known, List<TableMark> from) {
        Set<Long> marked = known.stream().map(table -> table.mark().oid()).collect(Collectors.toSet());
        List<TableMark> came =
                from.stream().filter(table -> !marked.contains(table.oid())).toList();
        if (!came.isEmpty()) {
            Set<Long> there = from.stream().map(TableMark::oid).collect(Collectors.toSet());
            Stream<MarkedTable> kept =
                    known.stream().filter(table -> there.contains(table.mark().oid()));
            records()
                    .keepMarks(
                            sw.project().id(),
                            sw.link(database),
                            Stream.concat(kept, MarkedTable.of(came, marks(sw.to(), database, Role.WORK)).stream())
                                    .toList());
        }
    }

    private Optional<String> words(String database, UnsentChanges changes) {
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        String what = Arrays.stream(Reason.values())
                .filter(reason -> !changes.of(reason).isEmpty())
                .map(reason -> words(reason, Names.some(changes.of(reason))))
                .collect(Collectors.joining("; "));
        return Optional.of(
                ("%s: on the %s, since both sides were compared, or since it was copied: %s. None of that is replicated,"
                                + " and what was written meanwhile may be missing on the %s. Verify: if it finds all tables"
                                + " equal, this is over. Otherwise make both sides alike, copy anew what differs, and verify"
                                + " again.")
                        .formatted(database, sw.from().word(), what, sw.to().word()));
    }

    private String words(Reason reason, String tables) {
        return switch (reason) {
            case RENAMED -> tables + " was renamed, moved to another schema, or given to another owner";
            case COLUMNS -> "columns of " + tables + " were changed";
            case REWRITTEN ->
                tables + " was written anew by ALTER TABLE (a type, UNLOGGED and back to LOGGED, or the like)";
            case UNTOLD ->
                ("%s was written anew by ALTER TABLE, VACUUM FULL or CLUSTER, or emptied by a TRUNCATE that is not on the"
                                + " %s yet, which cannot be told of a table without TOAST")
                        .formatted(tables, sw.to().word());
        };
    }

    private Optional<List<MarkedTable>> known(String database) {
        return records().marks(sw.project().id(), sw.link(database));
    }

    private List<TableMark> marks(Side side, String database, Role role) {
        return sw.parts().links().marks(sw.pool().session(side, database, role));
    }

    private LinkRecords records() {
        return sw.parts().records();
    }
}
