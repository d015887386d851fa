package dev.upshift.dashboard.preview;

import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.TablePage;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.TableQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was made up, filtered and paged as the real one does. */
final class PreviewMonitoring implements Monitoring {

    private final MadeUpProjects madeUp;
    private final Clock clock;

    PreviewMonitoring(MadeUpProjects madeUp, Clock clock) {
        this.madeUp = madeUp;
        this.clock = clock;
    }

    @Override
    public Optional<ReplicationSnapshot> latest(String slug) {
        return madeUp.find(slug).map(MadeUp::snapshot);
    }

    @Override
    public List<Sample> samples(String slug, Instant since) {
        return madeUp.find(slug).map(MadeUp::samples).orElse(List.of()).stream()
                .filter(sample -> !sample.at().isBefore(since))
                .toList();
    }

    @Override
    public List<TableProgress> tables(String slug) {
        return madeUp.find(slug).map(MadeUp::tables).orElse(List.of());
    }

    @Override
    public TablePage tables(String slug, TableQuery query) {
        List<TableProgress> all = tables(slug);
        String wanted = query.name().toLowerCase(Locale.ROOT);
        Comparator<TableProgress> order = order(query.sort());
        List<TableProgress> matching = all.stream()
                .filter(table -> query.states().isEmpty() || query.states().contains(table.state()))
                .filter(table ->
                        table.name().toString().toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(query.descending() ? order.reversed() : order)
                .toList();
        Map<State, Integer> states = new EnumMap<>(State.class);
        for (State state : State.values()) {
            states.put(state, (int)
                    all.stream().filter(table -> table.state() == state).count());
        }
        int page = Math.min(query.page(), Math.max(0, (matching.size() - 1) / query.size()));
        return new TablePage(
                matching.stream()
                        .skip((long) page * query.size())
                        .limit(query.size())
                        .toList(),
                page,
                query.size(),
                matching.size(),
                all.size(),
                states,
                all.isEmpty() ? null : clock.instant().minusSeconds(3));
    }

    @Override
    public ReplicationSnapshot sampleNow(String slug) {
        return latest(slug).orElseThrow();
    }

    private static Comparator<TableProgress> order(TableQuery.Sort sort) {
        Comparator<TableProgress> byName = Comparator.comparing(TableProgress::name);
        return switch (sort) {
            case NAME -> byName;
            case STATE -> Comparator.comparing(TableProgress::state).thenComparing(byName);
            case PROGRESS -> Comparator.comparingDouble(TableProgress::fraction).thenComparing(byName);
            case SIZE -> Comparator.comparingLong(TableProgress::totalBytes).thenComparing(byName);
            case TIME_LEFT ->
                Comparator.comparingLong(
                        table -> table.eta() == null ? 0 : table.eta().toMillis());
        };
    }
}
