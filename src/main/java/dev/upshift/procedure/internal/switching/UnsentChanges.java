package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.TableMark;
import dev.upshift.procedure.internal.common.MarkedTable;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was done to tables since they were marked, and is not sent: rows that are written anew, names and columns on the
 * side that is left; names on the side that is entered. Tables that were not there then, or are UNLOGGED now, are
 * nobody's business here.
 */
final class UnsentChanges {

    /** What has happened to a table, as far as it can be told. */
    enum Reason {
        /** It has another name than it had, or had another one meanwhile; or its owner is another one. */
        RENAMED,
        /** The same of a table of the side that is entered. */
        RENAMED_THERE,
        /** Its columns were changed, as {@link RewrittenTables} understands it. */
        COLUMNS,
        /** {@code ALTER TABLE} has written its rows anew, or it was not logged for a while. */
        REWRITTEN,
        /** The same, or {@code VACUUM FULL}, {@code CLUSTER}, another tablespace, or a TRUNCATE that has not arrived. */
        UNTOLD
    }

    private final Map<Reason, List<TableName>> found = new EnumMap<>(Reason.class);
    private final Set<Long> concerned = new HashSet<>();

    private UnsentChanges() {}

    /**
     * @param from the tables of the side that is left now, looked at before
     * @param to those of the side that is entered
     */
    static UnsentChanges of(List<MarkedTable> before, List<TableMark> from, List<TableMark> to) {
        Map<Long, MarkedTable> marked = MarkedTable.byOid(before);
        Map<Long, TableMark> fed = to.stream().collect(Collectors.toMap(TableMark::oid, Function.identity()));
        UnsentChanges changes = new UnsentChanges();
        for (MarkedTable now : MarkedTable.of(from, to)) {
            Optional<MarkedTable> then = Optional.ofNullable(
                            marked.get(now.mark().oid()))
                    .filter(table -> !now.mark().unlogged());
            then.flatMap(table -> reason(table, now))
                    .ifPresent(reason -> changes.add(reason, now.mark().name(), now));
            then.flatMap(table -> renamed(table, fed))
                    .ifPresent(there -> changes.add(Reason.RENAMED_THERE, there, now));
        }
        changes.found.values().forEach(tables -> tables.sort(null));
        return changes;
    }

    private void add(Reason reason, TableName name, MarkedTable table) {
        found.computeIfAbsent(reason, first -> new ArrayList<>()).add(name);
        concerned.add(table.mark().oid());
    }

    private static Optional<Reason> reason(MarkedTable then, MarkedTable table) {
        TableMark before = then.mark();
        TableMark now = table.mark();
        if (!now.name().equals(before.name()) || !now.named().equals(before.named())) {
            return Optional.of(Reason.RENAMED);
        }
        if (!now.columns().equals(before.columns())) {
            return Optional.of(Reason.COLUMNS);
        }
        if (now.file() == before.file()) {
            return Optional.empty();
        }
        if (before.unlogged()) {
            return Optional.of(Reason.REWRITTEN);
        }
        if (now.toast() != before.toast()) {
            // Also VACUUM FULL leaves none where no column needs it any more.
            return Optional.of(now.toast() == 0 ? Reason.UNTOLD : Reason.REWRITTEN);
        }
        boolean told = now.toast() != 0;
        boolean emptiedThereToo = table.fed().file() != then.fed().file();
        return told || emptiedThereToo ? Optional.empty() : Optional.of(Reason.UNTOLD);
    }

    /** By the name that it has now; one that is gone, or was made again, is others' business. */
    private static Optional<TableName> renamed(MarkedTable then, Map<Long, TableMark> fed) {
        return Optional.ofNullable(fed.get(then.fed().oid()))
                .filter(there -> !there.name().equals(then.mark().name())
                        || !there.named().equals(then.fed().named()))
                .map(TableMark::name);
    }

    List<TableName> of(Reason reason) {
        return List.copyOf(found.getOrDefault(reason, List.of()));
    }

    /** Whether the table of the side that is left that has this oid is among them, or the one that it feeds. */
    boolean concern(long oid) {
        return concerned.contains(oid);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }
}
