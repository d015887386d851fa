package dev.upshift.postgres.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.internal.drift.DriftComparison.Found;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftComparisonTests {

    private static final SchemaObject TABLE = object("table", "s.t", null, "owner app");
    private static final SchemaObject A = column("a", "position 1\ntype integer");
    private static final SchemaObject B = column("b", "position 2\ntype text");

    @Test
    void sameIsNothing() {
        assertThat(compare(List.of(), List.of())).isEmpty();
        assertThat(compare(List.of(TABLE, A, B), List.of(B, TABLE, A))).isEmpty();
    }

    @Test
    void partsOfWhatIsMissingAreNotTold() {
        assertThat(compare(List.of(TABLE, A, B), List.of())).containsExactly("-table s.t");
        assertThat(compare(List.of(), List.of(TABLE, A, B))).containsExactly("+table s.t");
    }

    @Test
    void aMissingColumnMovesTheOthersWithoutBeingToldOfThem() {
        SchemaObject later = column("b", "position 1\ntype text");

        assertThat(compare(List.of(TABLE, A, B), List.of(TABLE, later))).containsExactly("-column s.t.a");
        assertThat(compare(List.of(TABLE, A, B), List.of(TABLE, column("b", "position 1\ntype bigint"))))
                .containsExactly("-column s.t.a", "≠column s.t.b");
        assertThat(compare(List.of(TABLE, B), List.of(TABLE, later))).containsExactly("≠column s.t.b");
    }

    @Test
    void rolesOfTheSideThatFollowsAreItsOwnAffair() {
        SchemaObject role = object("role", "newcomer", null, "");

        assertThat(compare(List.of(), List.of(role))).isEmpty();
        assertThat(compare(List.of(role), List.of())).containsExactly("-role newcomer");
    }

    @Test
    void whatARowNeedsStopsReplication() {
        SchemaObject demanded = column("b", "position 2\ntype text\nnot null");
        SchemaObject filled = column("b", "position 2\ntype text\nnot null\ndefault ''::text");
        SchemaObject partition = object("table", "s.p", null, "owner app\npartition DEFAULT");
        SchemaObject view = object("view", "s.v", null, "owner app");
        SchemaObject ofView = object("column", "s.v.x", "view s.v", "type integer");

        assertThat(stops(List.of(TABLE, A, B), List.of(TABLE, A))).isTrue();
        assertThat(stops(List.of(TABLE, A), List.of(TABLE, A, B))).isFalse();
        assertThat(stops(List.of(TABLE, A), List.of(TABLE, A, demanded))).isTrue();
        assertThat(stops(List.of(TABLE, A), List.of(TABLE, A, filled))).isFalse();
        assertThat(stops(List.of(TABLE, B), List.of(TABLE, demanded))).isTrue();
        assertThat(stops(List.of(TABLE, demanded), List.of(TABLE, B))).isFalse();
        assertThat(stops(List.of(TABLE, A), List.of(TABLE, column("a", "position 1\ntype bigint"))))
                .isTrue();
        assertThat(stops(List.of(TABLE, partition), List.of(TABLE))).isTrue();
        assertThat(stops(List.of(TABLE), List.of())).isFalse();
        assertThat(stops(List.of(view, ofView), List.of(view))).isFalse();
    }

    @Test
    void whatTheFollowingSideWouldSendStopsTheWayBack() {
        SchemaObject demanded = column("b", "position 2\ntype text\nnot null");
        SchemaObject made = column("b", "position 2\ntype text\ngenerated stored");
        SchemaObject partition = object("table", "s.p", null, "owner app\npartition DEFAULT");
        SchemaObject own = object("table", "s.own", null, "owner app");

        assertThat(stopsBack(List.of(TABLE), List.of(TABLE, partition))).isTrue();
        assertThat(stopsBack(List.of(TABLE), List.of(TABLE, own))).isFalse();
        assertThat(stopsBack(List.of(TABLE, A), List.of(TABLE, A, B))).isTrue();
        assertThat(stopsBack(List.of(TABLE, A), List.of(TABLE, A, made))).isFalse();
        assertThat(stopsBack(List.of(TABLE, made), List.of(TABLE, B)))
                .as("generated where it goes")
                .isTrue();
        assertThat(stopsBack(List.of(TABLE, B), List.of(TABLE, made))).isFalse();
        assertThat(stopsBack(List.of(TABLE, demanded), List.of(TABLE, made)))
                .as("not sent, and demanded")
                .isTrue();
        assertThat(stopsBack(List.of(TABLE, demanded), List.of(TABLE, B))).isTrue();
        assertThat(stopsBack(List.of(TABLE, A, B), List.of(TABLE, A, B))).isFalse();
    }

    private static boolean stopsBack(List<SchemaObject> leading, List<SchemaObject> following) {
        return new DriftComparison(leading, following).differences().stream().anyMatch(Found::stopsWayBack);
    }

    private static boolean stops(List<SchemaObject> leading, List<SchemaObject> following) {
        return new DriftComparison(leading, following).differences().stream().anyMatch(Found::stopsReplication);
    }

    private static Stream<String> compare(List<SchemaObject> leading, List<SchemaObject> following) {
        return new DriftComparison(leading, following)
                .differences().stream()
                        .map(found -> (found.leading() == null ? "+" : found.following() == null ? "-" : "≠")
                                + found.object().title());
    }

    private static SchemaObject column(String name, String definition) {
        return object("column", "s.t." + name, "table s.t", definition);
    }

    private static SchemaObject object(String kind, String name, @Nullable String parent, String definition) {
        return new SchemaObject(kind, name, parent, definition);
    }
}
