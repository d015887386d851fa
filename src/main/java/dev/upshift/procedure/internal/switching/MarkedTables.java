package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.TableMark;
import dev.upshift.procedure.internal.common.MarkedTable;
import dev.upshift.procedure.internal.common.Names;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.switching.UnsentChanges.Reason;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    /** What was done, in sentences. What came since, and what is no doubt, is marked as it is now. */
    List<String> objections(Duration patience) {
        return sw.parts().concurrently().map(sw.databases(), database -> objection(database, patience)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> objection(String database, Duration patience) {
        Look look = look(database, Role.WORK, patience);
        Set<MarkedTable> now = look.marks();
        if (!now.equals(Set.copyOf(look.known()))) {
            sw.parts().records().keepMarks(sw.project().id(), sw.link(database), List.copyOf(now));
        }
        return words(database, look.changes());
    }

    /** The same with the sessions of the window, where nothing is marked. */
    Optional<String> objectionAgain(String database, Duration patience) {
        return words(database, look(database, Role.LOOK, patience).changes());
    }

    /** @param patience how long a TRUNCATE may take to arrive, where only that tells it from worse */
    private Look look(String database, Role role, Duration patience) {
        List<MarkedTable> known =
                sw.parts().records().marks(sw.project().id(), sw.link(database)).orElse(List.of());
        List<TableMark> from = marks(sw.from(), database, role);
        Look[] last = {new Look(known, from, marks(sw.to(), database, role))};
        sw.parts().waiting().until(patience, POLL, () -> {
            if (!last[0].isTold()) {
                last[0] = new Look(known, from, marks(sw.to(), database, role));
            }
            return last[0].isTold();
        });
        return last[0];
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

    private List<TableMark> marks(Side side, String database, Role role) {
        return sw.parts().links().marks(sw.pool().session(side, database, role));
    }

    /** What was known, and both sides now; the side that is left was looked at first. */
    private record Look(
            List<MarkedTable> known, List<TableMark> from, UnsentChanges changes, Map<TableName, Long> files) {

        Look(List<MarkedTable> known, List<TableMark> from, List<TableMark> to) {
            this(known, from, UnsentChanges.of(known, from, to), MarkedTable.files(to));
        }

        boolean isTold() {
            return changes.of(Reason.UNTOLD).isEmpty();
        }

        /** What the next look compares with: a doubt stays, and so does what is not there or not logged for a while. */
        Set<MarkedTable> marks() {
            Map<Long, MarkedTable> before = known.stream()
                    .collect(Collectors.toMap(table -> table.mark().oid(), Function.identity()));
            Map<Long, MarkedTable> after = new HashMap<>(before);
            from.forEach(now -> after.put(now.oid(), next(Optional.ofNullable(before.get(now.oid())), now)));
            return Set.copyOf(after.values());
        }

        private MarkedTable next(Optional<MarkedTable> before, TableMark now) {
            return before.filter(then -> now.unlogged() || then.mark().equals(now) || changes.concern(now.name()))
                    .orElseGet(() -> new MarkedTable(now, files.getOrDefault(now.name(), 0L)));
        }
    }
}
