package dev.upshift.monitoring.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.monitoring.TablePage;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.TableQuery;
import dev.upshift.monitoring.TableQuery.Sort;
import dev.upshift.monitoring.internal.probe.Made;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableSelectionTests {

    private static final List<TableProgress> TABLES = List.of(
            table("sales", "Orders", State.COPYING, 40, 100, Duration.ofSeconds(30)),
            table("public", "lines", State.COPYING, 10, 300, Duration.ofSeconds(90)),
            table("public", "zones", State.READY, 50, 50, null),
            table("public", "audit", State.PENDING, 0, 900, null));

    @Test
    void showsAllByNameOnOnePageIfNotAskedOtherwise() {
        TablePage page = page(TableQuery.ALL);

        assertThat(names(page)).containsExactly("public.audit", "public.lines", "public.zones", "sales.Orders");
        assertThat(page.pages()).isEqualTo(1);
        assertThat(page.matching()).isEqualTo(4);
        assertThat(page.takenAt()).isEqualTo(Made.NOON);
    }

    @Test
    void findsByStateAndByPartOfTheName() {
        TablePage copying = page(new TableQuery(Set.of(State.COPYING), "", Sort.NAME, false, 0, 10));
        assertThat(names(copying)).containsExactly("public.lines", "sales.Orders");
        assertThat(copying.total()).isEqualTo(4);
        assertThat(copying.states()).containsEntry(State.COPYING, 2).containsEntry(State.ERROR, 0);

        assertThat(names(page(new TableQuery(Set.of(), " ORD", Sort.NAME, false, 0, 10))))
                .containsExactly("sales.Orders");
        assertThat(names(page(new TableQuery(Set.of(), "blic.z", Sort.NAME, false, 0, 10))))
                .containsExactly("public.zones");
        assertThat(names(page(new TableQuery(Set.of(), "shop", Sort.NAME, false, 0, 10))))
                .hasSize(4);
    }

    @Test
    void sorts() {
        assertThat(names(page(by(Sort.NAME, true))).getFirst()).isEqualTo("sales.Orders");
        assertThat(names(page(by(Sort.STATE, false))))
                .containsExactly("public.audit", "public.lines", "sales.Orders", "public.zones");
        assertThat(names(page(by(Sort.SIZE, true))).getFirst()).isEqualTo("public.audit");
        assertThat(names(page(by(Sort.PROGRESS, true))).getFirst()).isEqualTo("public.zones");
        assertThat(names(page(by(Sort.TIME_LEFT, true))))
                .containsExactly("public.lines", "sales.Orders", "public.audit", "public.zones");
        assertThat(names(page(by(Sort.TIME_LEFT, false))))
                .containsExactly("sales.Orders", "public.lines", "public.audit", "public.zones");
    }

    @Test
    void pagesAndStaysOnTheLastPageThereIs() {
        TablePage second = page(new TableQuery(Set.of(), "", Sort.NAME, false, 1, 3));
        assertThat(names(second)).containsExactly("sales.Orders");
        assertThat(second.pages()).isEqualTo(2);

        TablePage beyond = page(new TableQuery(Set.of(), "", Sort.NAME, false, 9, 3));
        assertThat(beyond.page()).isEqualTo(1);
        assertThat(names(beyond)).containsExactly("sales.Orders");

        TablePage nothing = page(new TableQuery(Set.of(), "no such", Sort.NAME, false, 3, 3));
        assertThat(nothing.items()).isEmpty();
        assertThat(nothing.page()).isZero();
        assertThat(nothing.pages()).isEqualTo(1);
    }

    @Test
    void refusesPagesThatCannotBe() {
        assertThatThrownBy(() -> new TableQuery(Set.of(), "", Sort.NAME, false, -1, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TableQuery(Set.of(), "", Sort.NAME, false, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tenThousandTablesAreNoTrouble() {
        List<TableProgress> many = IntStream.range(0, 10_000)
                .mapToObj(number -> table("public", "t_" + number, State.COPYING, number, 10_000, null))
                .toList();

        TablePage page =
                TableSelection.page(many, new TableQuery(Set.of(), "9", Sort.PROGRESS, true, 10, 50), Made.NOON);

        assertThat(page.matching()).isEqualTo(3439);
        assertThat(page.items()).hasSize(50);
    }

    private static TablePage page(TableQuery query) {
        return TableSelection.page(TABLES, query, Made.NOON);
    }

    private static TableQuery by(Sort sort, boolean descending) {
        return new TableQuery(Set.of(), "", sort, descending, 0, 10);
    }

    private static List<String> names(TablePage page) {
        return page.items().stream().map(table -> table.name().toString()).toList();
    }

    private static TableProgress table(String schema, String name, State state, long copied, long total, Duration eta) {
        return new TableProgress(
                "shop", new TableName(schema, name), state, null, copied, total, 0, 0, null, eta, null);
    }
}
