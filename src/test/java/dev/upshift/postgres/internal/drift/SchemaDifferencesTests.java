package dev.upshift.postgres.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDifferencesTests {

    private static final SchemaObject TABLE = object("table", "shop.orders", null, "owner app\nunlogged");

    @Test
    void sameIsNoLine() {
        assertThat(lines(List.of(TABLE), List.of(TABLE))).isEmpty();
    }

    @Test
    void partsOfWhatIsMissingHaveNoLineOfTheirOwn() {
        SchemaObject column = object("column", "shop.orders.id", "table shop.orders", "type bigint");

        assertThat(lines(List.of(TABLE, column), List.of())).containsExactly("The target lacks table shop.orders");
        assertThat(lines(List.of(), List.of(TABLE, column))).containsExactly("Only the target has table shop.orders");
        assertThat(lines(List.of(TABLE, column), List.of(TABLE)))
                .containsExactly("The target lacks column shop.orders.id");
    }

    @Test
    void onlyWhatDiffersIsShown() {
        assertThat(lines(List.of(TABLE), List.of(object("table", "shop.orders", null, "owner root\nunlogged"))))
                .containsExactly("table shop.orders differs: source has “owner app”, target has “owner root”");
        assertThat(lines(List.of(TABLE), List.of(object("table", "shop.orders", null, "owner app"))))
                .containsExactly("table shop.orders differs: source has “unlogged”, target has nothing of the kind");
    }

    @Test
    void orderOfLinesMatters() {
        assertThat(lines(
                        List.of(object("function", "f()", null, "body begin\na();\nb();\nend")),
                        List.of(object("function", "f()", null, "body begin\nb();\na();\nend"))))
                .containsExactly("function f() differs: same lines in another order");
    }

    @Test
    void columnsOfAViewMayBeWrittenWithTheirTable() {
        SchemaObject old = object(
                "view",
                "v",
                null,
                "query SELECT \"Items\".id, items.\"a \"\"b\" FROM \"Stock\".\"Items\"\nreads Items");
        SchemaObject younger =
                object("view", "v", null, "query SELECT id, \"a \"\"b\" FROM \"Stock\".\"Items\"\nreads Items");
        SchemaObject other =
                object("view", "v", null, "query SELECT id, \"a \"\"b\" FROM other.\"Items\"\nreads other.Items");

        assertThat(lines(List.of(old), List.of(younger))).isEmpty();
        assertThat(lines(List.of(old), List.of(other)))
                .containsExactly("view v differs: source has “reads Items”, target has “reads other.Items”");
    }

    @Test
    void longDefinitionsAreCut() {
        assertThat(lines(
                        List.of(object("type", "t", null, "x".repeat(10_000))),
                        List.of(object("type", "t", null, "y"))))
                .singleElement()
                .asString()
                .hasSizeLessThan(300)
                .endsWith("x…”, target has “y”");
    }

    @Test
    void extensionsAndTheSchemaPublicAreNotMadeByUsers() {
        assertThat(object("extension", "citext", null, "").isMadeByUsers()).isFalse();
        assertThat(object("schema", "public", null, "").isMadeByUsers()).isFalse();
        assertThat(object("schema", "shop", null, "").isMadeByUsers()).isTrue();
        assertThat(TABLE.isMadeByUsers()).isTrue();
    }

    private static List<String> lines(List<SchemaObject> source, List<SchemaObject> target) {
        return new SchemaDifferences(source, target).lines();
    }

    private static SchemaObject object(String kind, String name, String parent, String definition) {
        return new SchemaObject(kind, name, parent, definition);
    }
}
