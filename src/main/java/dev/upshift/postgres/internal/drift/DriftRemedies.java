package dev.upshift.postgres.internal.drift;

import dev.upshift.postgres.internal.drift.DriftComparison.Found;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The statements that add missing columns and labels of enums; asked for only when some are missing. */
final class DriftRemedies {

    /** More than that nobody mends by hand. */
    private static final int MOST = 200;

    private static final String COLUMNS = SqlResource.read(DriftRemedies.class, "missing-columns.sql");
    private static final String LABELS = SqlResource.read(DriftRemedies.class, "enum-labels.sql");

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, List<Label>> leadingLabels;
    private final Map<String, List<Label>> followingLabels;

    DriftRemedies(PostgresSession leading, PostgresSession following, List<Found> found) {
        List<String> missing =
                names(found, one -> one.isMissing() && one.object().kind().equals("column"));
        if (!missing.isEmpty()) {
            leading.jdbc()
                    .sql(COLUMNS)
                    .param("names", missing)
                    .query((row, number) -> columns.put(
                            row.getString("name"), new Column(row.getBoolean("inherited"), row.getString("statement"))))
                    .list();
        }
        List<String> enums = names(found, Found::isOfLabels);
        leadingLabels = labels(leading, enums);
        followingLabels = labels(following, enums);
    }

    /** Whether the column comes with the parent's, which is missing as well. */
    boolean comesWithParent(Found found) {
        @Nullable Column column = column(found);
        return column != null && column.inherited();
    }

    /** How a missing column is added. */
    Optional<String> statement(Found found) {
        return Optional.ofNullable(column(found)).map(Column::statement);
    }

    private @Nullable Column column(Found found) {
        return found.isMissing() && found.object().kind().equals("column")
                ? columns.get(found.object().name())
                : null;
    }

    /** Labels that the side that follows lacks, in order, each with the statement that adds it, or gives it its name. */
    List<MissingLabel> missingLabels(Found found) {
        return missing(labels(leadingLabels, found), labels(followingLabels, found));
    }

    /** Those that the side that leads lacks, with the statement for there; none that is only to be renamed. */
    List<MissingLabel> surplusLabels(Found found) {
        List<Label> wanted = labels(followingLabels, found);
        List<Label> present = labels(leadingLabels, found);
        return missing(wanted, present).stream()
                .filter(label -> renamed(wanted, present, label.place()).isEmpty())
                .toList();
    }

    private static List<Label> labels(Map<String, List<Label>> side, Found found) {
        return side.getOrDefault(found.object().name(), List.of());
    }

    private static List<MissingLabel> missing(List<Label> wanted, List<Label> present) {
        List<String> texts = texts(present);
        List<MissingLabel> missing = new ArrayList<>();
        for (int place = 0; place < wanted.size(); place++) {
            Label label = wanted.get(place);
            if (!texts.contains(label.text())) {
                String addition = addition(wanted, place, texts);
                String statement = renamed(wanted, present, place)
                        .map(before ->
                                "ALTER TYPE %s RENAME VALUE %s TO %s".formatted(label.type(), before, label.text()))
                        .orElse(addition);
                missing.add(new MissingLabel(label.text(), place, statement));
            }
        }
        return missing;
    }

    /** What stands in its place on the other side, where that has as many, and nobody wants that one. */
    private static Optional<String> renamed(List<Label> wanted, List<Label> present, int place) {
        return Optional.of(present)
                .filter(labels -> labels.size() == wanted.size())
                .map(labels -> labels.get(place).text())
                .filter(before -> !texts(wanted).contains(before));
    }

    private static List<String> texts(List<Label> labels) {
        return labels.stream().map(Label::text).toList();
    }

    /** The one before is there by then: it was, or the statement before has added it. */
    private static String addition(List<Label> wanted, int place, List<String> present) {
        Label label = wanted.get(place);
        String where = place > 0
                ? " AFTER " + wanted.get(place - 1).text()
                : wanted.stream()
                        .map(Label::text)
                        .filter(present::contains)
                        .findFirst()
                        .map(next -> " BEFORE " + next)
                        .orElse("");
        return "ALTER TYPE " + label.type() + " ADD VALUE " + label.text() + where;
    }

    private static Map<String, List<Label>> labels(PostgresSession session, List<String> enums) {
        Map<String, List<Label>> labels = new LinkedHashMap<>();
        if (!enums.isEmpty()) {
            session.jdbc()
                    .sql(LABELS)
                    .param("names", enums)
                    .query((row, number) -> labels.computeIfAbsent(row.getString("name"), name -> new ArrayList<>())
                            .add(new Label(row.getString("written"), row.getString("label"))))
                    .list();
        }
        return labels;
    }

    private static List<String> names(List<Found> found, Predicate<Found> which) {
        return found.stream()
                .filter(which)
                .map(one -> one.object().name())
                .limit(MOST)
                .toList();
    }

    private record Column(boolean inherited, String statement) {}

    private record Label(String type, String text) {}

    /**
     * @param text as it is written in a statement, in quotes
     * @param place among those of its type, from 0
     */
    record MissingLabel(String text, int place, String statement) {}
}
