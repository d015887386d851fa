package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.TableMark;
import dev.upshift.procedure.internal.common.MarkedTable;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was done to tables of the side that is left since they were marked, and is not sent: rows that are written anew,
 * names and columns. Tables that were not there then, or are UNLOGGED now, are nobody's business here.
 */
final class UnsentChanges {

    /** What has happened to a table, as far as it can be told. */
    enum Reason {
        /** It has another name than it had, or had another one meanwhile; or its owner is another one. */
        RENAMED,
        /** Its columns were changed, as {@link RewrittenTables} understands it. */
        COLUMNS,
        /** {@code ALTER TABLE} has written its rows anew, or it was not logged for a while. */
        REWRITTEN,
        /** The same, or {@code VACUUM FULL}, {@code CLUSTER}, another tablespace, or a TRUNCATE that has not arrived. */
        UNTOLD
    }

    private final Map<Reason, List<TableName>> found = new EnumMap<>(Reason.class);

    private UnsentChanges() {}

    /**
     * @param from the tables of the side that is left now, looked at before
     * @param to those of the side that is entered
     */
    static UnsentChanges of(List<MarkedTable> before, List<TableMark> from, List<TableMark> to) {
        Map<Long, MarkedTable> marked =
                before.stream().collect(Collectors.toMap(table -> table.mark().oid(), Function.identity()));
        Map<TableName, Long> files = MarkedTable.files(to);
        UnsentChanges changes = new UnsentChanges();
        for (TableMark now : from) {
            Optional.ofNullable(marked.get(now.oid()))
                    .flatMap(then -> reason(then, now, files.getOrDefault(now.name(), 0L)))
                    .ifPresent(reason -> changes.found
                            .computeIfAbsent(reason, first -> new ArrayList<>())
                            .add(now.name()));
        }
        changes.found.values().forEach(tables -> tables.sort(null));
        return changes;
    }

    private static Optional<Reason> reason(MarkedTable then, TableMark now, long fedFile) {
        TableMark before = then.mark();
        if (now.unlogged()) {
            return Optional.empty();
        }
        if (!now.name().equals(before.name()) || !now.named().equals(before.named())) {
            return Optional.of(Reason.RENAMED);
        }
        if (!now.columns().equals(before.columns())) {
            return Optional.of(Reason.COLUMNS);
        }
        if (now.file() == before.file()) {
            return Optional.empty();
        }
        if (now.toast() != before.toast() || before.unlogged()) {
            return Optional.of(Reason.REWRITTEN);
        }
        boolean told = now.toast() != 0;
        boolean emptiedThereToo = fedFile != then.fedFile();
        return told || emptiedThereToo ? Optional.empty() : Optional.of(Reason.UNTOLD);
    }

    List<TableName> of(Reason reason) {
        return List.copyOf(found.getOrDefault(reason, List.of()));
    }

    /** Whether the table that has this name now is among them. */
    boolean concern(TableName table) {
        return found.values().stream().anyMatch(tables -> tables.contains(table));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }
}
