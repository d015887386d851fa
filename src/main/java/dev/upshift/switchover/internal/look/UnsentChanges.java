package dev.upshift.switchover.internal.look;

import dev.upshift.postgres.link.TableMark;
import dev.upshift.records.MarkedTable;
import dev.upshift.records.MarkedTable.Fed;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was done to tables since they were marked, and is not sent: rows that are written anew, names and columns on the
 * side that is left; names, columns, triggers and copies on the side that is entered. A column that is alike on both sides, and
 * in which nothing was when it came, is none of it. Of tables that were not there then only their rows count, and those
 * that are UNLOGGED now are nobody's business here.
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
        /** Nothing but columns were added to it, and the other side has other ones, or they had something in them. */
        ADDED,
        /** It came since, and its rows are not where it was made. */
        CAME,
        /** {@code ALTER TABLE} has written its rows anew, or it was not logged for a while. */
        REWRITTEN,
        /** The same, or {@code VACUUM FULL}, {@code CLUSTER}, another tablespace, or a TRUNCATE that has not arrived. */
        UNTOLD,
        /** Columns of a table of the side that is entered were changed, or added with something in them. */
        COLUMNS_THERE,
        /** A trigger that a table of the side that is entered had was altered there. */
        TRIGGERS_THERE,
        /**
         * A table of the side that is entered was dropped, be it made again, or was copied again: a worker that was running
         * meanwhile may have applied what that copy has brought as well.
         */
        COPIED_AGAIN
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
        Map<Long, TableMark> left = byOid(from);
        Map<Long, TableMark> fed = byOid(to);
        UnsentChanges changes = new UnsentChanges();
        for (MarkedTable now : MarkedTable.of(from, to)) {
            if (now.mark().unlogged()) {
                continue;
            }
            MarkedTable then = marked.get(now.mark().oid());
            if (then == null) {
                came(now.mark())
                        .ifPresent(reason -> changes.add(reason, now.mark().name(), now));
                continue;
            }
            Optional<TableMark> there = Optional.ofNullable(fed.get(then.fed().oid()));
            renamed(then.mark(), now.mark())
                    .or(() -> columns(
                            then.mark(),
                            Objects.requireNonNull(left.get(now.mark().oid())),
                            there))
                    .or(() -> rows(then, now))
                    .ifPresent(reason -> changes.add(reason, now.mark().name(), now));
            there(then, there)
                    .ifPresent(reason -> changes.add(
                            reason,
                            there.map(TableMark::name).orElse(then.mark().name()),
                            now));
        }
        changes.found.values().forEach(tables -> tables.sort(null));
        return changes;
    }

    private void add(Reason reason, TableName name, MarkedTable table) {
        found.computeIfAbsent(reason, first -> new ArrayList<>()).add(name);
        concerned.add(table.mark().oid());
    }

    private static Map<Long, TableMark> byOid(List<TableMark> tables) {
        return tables.stream().collect(Collectors.toMap(TableMark::oid, Function.identity()));
    }

    /** A table has the file of its oid until its rows are written anew, or it is emptied. */
    private static Optional<Reason> came(TableMark now) {
        return now.file() == 0 || now.file() == now.oid() ? Optional.empty() : Optional.of(Reason.CAME);
    }

    private static Optional<Reason> renamed(TableMark before, TableMark now) {
        return now.name().equals(before.name()) && now.named().equals(before.named())
                ? Optional.empty()
                : Optional.of(Reason.RENAMED);
    }

    private static Optional<Reason> columns(TableMark before, TableMark now, Optional<TableMark> there) {
        if (now.columns().equals(before.columns())) {
            return Optional.empty();
        }
        if (!now.hasOnlyGrown(before.columns(), before.file())) {
            return Optional.of(Reason.COLUMNS);
        }
        boolean alike = there.filter(table -> Set.copyOf(table.added().columns())
                        .containsAll(now.added().columns()))
                .isPresent();
        return alike && now.added().empty() ? Optional.empty() : Optional.of(Reason.ADDED);
    }

    private static Optional<Reason> rows(MarkedTable then, MarkedTable table) {
        TableMark before = then.mark();
        TableMark now = table.mark();
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

    /** By the oid that it had. */
    private static Optional<Reason> there(MarkedTable then, Optional<TableMark> there) {
        Fed before = then.fed();
        if (there.isEmpty()) {
            return before.oid() == 0 ? Optional.empty() : Optional.of(Reason.COPIED_AGAIN);
        }
        TableMark now = there.get();
        if (!now.name().equals(then.mark().name()) || !now.named().equals(before.named())) {
            return Optional.of(Reason.RENAMED_THERE);
        }
        boolean sameColumns = before.columns()
                .filter(sum -> !now.columns().equals(sum))
                .filter(sum ->
                        !now.hasOnlyGrown(sum, before.file()) || !now.added().empty())
                .isEmpty();
        if (!sameColumns) {
            return Optional.of(Reason.COLUMNS_THERE);
        }
        if (before.triggers().filter(sum -> !now.triggers().equals(sum)).isPresent()) {
            return Optional.of(Reason.TRIGGERS_THERE);
        }
        boolean sameCopy = before.copied().isEmpty() || now.copied().equals(before.copied());
        return sameCopy ? Optional.empty() : Optional.of(Reason.COPIED_AGAIN);
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
