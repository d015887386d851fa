package dev.upshift.dashboard.web.project;

import dev.upshift.dashboard.web.tables.TableRow;
import dev.upshift.monitoring.TablePage;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.TableQuery;
import java.util.EnumSet;
import java.util.List;

/**
 * The tables that the project waits for longest.
 *
 * @param ready how many need no waiting
 * @param total of all there are
 */
public record SlowTables(List<TableRow> tables, int ready, int total) {

    /** Everything but those that are ready, the longest time left first. */
    static final TableQuery QUERY =
            new TableQuery(EnumSet.complementOf(EnumSet.of(State.READY)), "", TableQuery.Sort.TIME_LEFT, true, 0, 10);

    static SlowTables of(TablePage page) {
        return new SlowTables(
                page.items().stream().map(TableRow::of).toList(),
                page.states().getOrDefault(State.READY, 0),
                page.total());
    }
}
