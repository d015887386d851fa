package dev.upshift.monitoring.internal.poll;

import dev.upshift.monitoring.TablePage;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.TableQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds in a list of tables the page that a query asks for. */
final class TableSelection {

    private static final Comparator<TableProgress> BY_NAME =
            Comparator.comparing(TableProgress::database).thenComparing(TableProgress::name);

    private TableSelection() {}

    /** @param takenAt when the tables were seen so; null when they never were */
    static TablePage page(List<TableProgress> tables, TableQuery query, @Nullable Instant takenAt) {
        List<TableProgress> matching = tables.stream()
                .filter(table -> query.states().isEmpty() || query.states().contains(table.state()))
                .filter(table -> hasName(table, query.name()))
                .sorted(order(query))
                .toList();
        int last = matching.isEmpty() ? 0 : (matching.size() - 1) / query.size();
        int page = Math.min(query.page(), last);
        int from = page * query.size();
        int to = (int) Math.min(matching.size(), (long) from + query.size());
        return new TablePage(
                matching.subList(from, to), page, query.size(), matching.size(), tables.size(), count(tables), takenAt);
    }

    private static boolean hasName(TableProgress table, String part) {
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        return table.name().toString().toLowerCase(Locale.ROOT).contains(wanted)
                || table.database().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Comparator<TableProgress> order(TableQuery query) {
        return switch (query.sort()) {
            case NAME -> query.descending() ? BY_NAME.reversed() : BY_NAME;
            case STATE -> directed(Comparator.comparing(TableProgress::state), query);
            case PROGRESS -> directed(Comparator.comparingDouble(TableProgress::fraction), query);
            case SIZE -> directed(Comparator.comparingLong(TableProgress::totalBytes), query);
            case TIME_LEFT ->
                Comparator.comparing(TableProgress::eta, Comparator.nullsLast(direction(query)))
                        .thenComparing(BY_NAME);
        };
    }

    private static Comparator<TableProgress> directed(Comparator<TableProgress> order, TableQuery query) {
        return (query.descending() ? order.reversed() : order).thenComparing(BY_NAME);
    }

    private static Comparator<Duration> direction(TableQuery query) {
        return query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    private static Map<State, Integer> count(List<TableProgress> tables) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0);
        }
        tables.forEach(table -> counts.merge(table.state(), 1, Integer::sum));
        return counts;
    }
}
