package dev.upshift.transfer.link;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.WorkerErrors.Told;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tables whose copies fail, with why and what to do. */
public final class FailingCopies {

    private static final int MOST_MESSAGES = 3;

    /** What PostgreSQL says of a copy that meets its own rows. */
    private static final String FILLED = "duplicate key";

    private FailingCopies() {}

    /**
     * @param tables one at least
     * @param from the side that publishes
     * @param told what the log of the other side says
     * @param fenced whether the other side is fenced
     */
    public static Finding finding(
            String database, List<TableName> tables, Side from, String link, Told told, boolean fenced) {
        Map<String, TableName> messages = new TreeMap<>();
        tables.forEach(table -> messages.putIfAbsent(told.ofCopy(table), table));
        StringBuilder reason = new StringBuilder(
                "the copy of %s fails and is tried again every few seconds.".formatted(Names.some(tables)));
        messages.entrySet().stream()
                .limit(MOST_MESSAGES)
                .forEach(message -> reason.append(
                        messages.size() == 1
                                ? " " + message.getKey()
                                : " %s: %s".formatted(message.getValue(), message.getKey())));
        boolean filled = messages.keySet().stream().anyMatch(message -> message.contains(FILLED));
        return new Finding(
                Place.on(from.other(), database),
                tables.stream().map(TableName::toString).toList(),
                reason.toString(),
                "Remove the cause; the copy then goes on by itself.%s"
                        .formatted(
                                filled
                                        ? " A copy fails so %s.".formatted(CopyAnew.intoFilled(from, link, fenced))
                                        : ""));
    }
}
