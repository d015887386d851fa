package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.RowKey;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.verification.internal.RowProof.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.NestedExceptionUtils;

/** What is said of a table that did not agree at first sight. */
final class ComparisonNotes {

    private final ComparedTable table;
    private final String subscriber;

    ComparisonNotes(ComparedTable table, Side subscriber) {
        this.table = table;
        this.subscriber = subscriber.word();
    }

    static String writtenMeanwhile(int rows) {
        return rows == 0
                ? "Rows were written during the comparison; looked at again, both sides had the same."
                : "Rows were written during the comparison; %d were compared one by one.".formatted(rows);
    }

    /** The server's own words, without the statement. */
    static String reason(RuntimeException failure) {
        String message = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
        return "It could not be compared: "
                + (message == null ? failure.getClass().getSimpleName() : message);
    }

    /** For the progress of a run. */
    static String sentence(TableName name, TableOutcome outcome) {
        String verdict = switch (outcome.verdict()) {
            case EQUAL ->
                "%s is equal: %d rows."
                        .formatted(name, outcome.totals().publishing().rows());
            case DIFFERENT -> name + " differs.";
            case MISSING -> name + " is missing on a side.";
            case FAILED -> name + " could not be compared.";
        };
        return outcome.note() == null ? verdict : verdict + " " + outcome.note();
    }

    /**
     * @param rows at least one of which is proven to differ
     * @param suspects how many did not look alike
     */
    String different(Map<RowKey, RowProof> rows, int suspects) {
        Map.Entry<RowKey, RowProof> example = RowProofs.proven(rows).orElseThrow();
        long certain = rows.values().stream()
                .filter(proof -> proof.finding() != Finding.UNDECIDED)
                .count();
        String what = switch (example.getValue().finding()) {
            case LACKING -> "is missing on the " + subscriber;
            case SURPLUS -> "is only on the " + subscriber;
            case OTHER_CONTENT, EQUAL, UNDECIDED -> "has other values on the " + subscriber;
        };
        return "%d%s differ, for example %s %s.%s"
                .formatted(
                        certain,
                        suspects > certain ? " or more rows" : certain == 1 ? " row" : " rows",
                        name(example.getKey()),
                        what,
                        table.unlogged() ? " The table is unlogged, so its rows are not replicated." : "");
    }

    String undecided(Map<RowKey, RowProof> rows) {
        Map.Entry<RowKey, RowProof> example = rows.entrySet().iterator().next();
        return ("Not proven: %d rows are written so often, or follow so badly, that they could not be shown to be equal,"
                        + " for example %s, which the %s %s."
                        + " All other rows are equal. Compare again at a quieter time.")
                .formatted(
                        rows.size(),
                        name(example.getKey()),
                        subscriber,
                        example.getValue().lastSeenAtSubscriber() ? "has" : "lacks");
    }

    private String name(RowKey key) {
        if (!table.hasKey()) {
            return "the row with hash " + key.values().getFirst();
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < key.values().size(); i++) {
            parts.add(table.key().get(i) + " = " + key.values().get(i));
        }
        return "the row with " + String.join(", ", parts);
    }
}
