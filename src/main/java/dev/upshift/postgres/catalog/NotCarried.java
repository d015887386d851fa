package dev.upshift.postgres.catalog;

import dev.upshift.shared.ByteCount;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one database has that reaches the other side neither by the copy of the schema nor by a link. */
public record NotCarried(List<Item> items) {

    private static final int SHOWN = 5;

    /**
     * Everything but what can be refreshed, a phrase for each kind that there is, with names and sizes.
     *
     * @param ours what the names of our own publications begin with
     */
    public List<String> phrases(String ours) {
        List<String> phrases = new ArrayList<>(rows());
        List<Item> others = of(Kind.PUBLICATION).stream()
                .filter(item -> !item.label().startsWith(ours))
                .toList();
        add(phrases, others, "publication of others", "publications of others", Item::label);
        return List.copyOf(phrases);
    }

    /** The same, of what holds rows or values. */
    public List<String> rows() {
        List<String> phrases = new ArrayList<>();
        of(Kind.LARGE_OBJECTS)
                .forEach(all -> phrases.add("%s (%s)"
                        .formatted(count(all.rows(), "large object", "large objects"), new ByteCount(all.bytes()))));
        add(phrases, of(Kind.UNLOGGED_TABLE), "unlogged table", "unlogged tables", Item::table);
        add(phrases, of(Kind.EXTENSION_TABLE), "table of an extension", "tables of extensions", Item::tableOfExtension);
        add(
                phrases,
                of(Kind.EXTENSION_SEQUENCE),
                "sequence of an extension",
                "sequences of extensions",
                item -> "%s of %s".formatted(item.qualified(), item.extension()));
        return List.copyOf(phrases);
    }

    /** Materialized views: their content is not carried, but can be made anew. A phrase, or none. */
    public List<String> toBeRefreshed() {
        List<String> phrases = new ArrayList<>();
        add(phrases, of(Kind.MATERIALIZED_VIEW), "materialized view", "materialized views", Item::qualified);
        return List.copyOf(phrases);
    }

    private List<Item> of(Kind kind) {
        return items.stream().filter(item -> item.kind() == kind).toList();
    }

    private static void add(
            List<String> phrases, List<Item> all, String one, String several, Function<Item, String> words) {
        if (!all.isEmpty()) {
            String shown = all.stream().limit(SHOWN).map(words).collect(Collectors.joining(", "));
            String more = all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "";
            phrases.add(count(all.size(), one, several) + ": " + shown + more);
        }
    }

    private static String count(long number, String one, String several) {
        return number == 1 ? "1 " + one : String.format(Locale.ROOT, "%,d %s", number, several);
    }

    /** What it is. */
    public enum Kind {
        /** All large objects of the database as one. */
        LARGE_OBJECTS,
        UNLOGGED_TABLE,
        EXTENSION_TABLE,
        EXTENSION_SEQUENCE,
        MATERIALIZED_VIEW,
        PUBLICATION
    }

    /**
     * @param schema null where there is none
     * @param name null where there is none
     * @param extension whose it is; null for other kinds
     * @param exact whether the rows were counted, all of them
     * @param rows of a registered table those only that are not the extension's own; -1 where nobody knows
     */
    public record Item(
            Kind kind,
            @Nullable String schema,
            @Nullable String name,
            @Nullable String extension,
            boolean exact,
            long rows,
            long bytes) {

        private String label() {
            return String.valueOf(name);
        }

        private String qualified() {
            return String.valueOf(new TableName(String.valueOf(schema), label()));
        }

        private String table() {
            return "%s (%s, %s)".formatted(qualified(), rowsInWords(), new ByteCount(bytes));
        }

        private String tableOfExtension() {
            return "%s of %s (%s, %s)".formatted(qualified(), extension, rowsInWords(), new ByteCount(bytes));
        }

        private String rowsInWords() {
            if (rows < 0) {
                return "rows not counted";
            }
            return (exact ? "" : "about ") + count(rows, "row", "rows");
        }
    }
}
