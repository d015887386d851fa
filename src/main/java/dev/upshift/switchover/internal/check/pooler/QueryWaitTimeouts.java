package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.check.pooler.SeenPooler.Said;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * No pooler throws clients out that wait, before the pause budget is over. From 1.26 on an entry may have a limit of its
 * own, which the console does not show.
 */
record QueryWaitTimeouts(SeenPoolers poolers) implements PoolerCheck {

    private static final String WAITING = "query_wait_timeout";

    /** Counts for whoever waits as well, from when he began to (PgBouncer's {@code janitor.c}). */
    private static final String QUERY = "query_timeout";

    /** The pause budget must leave this much before PgBouncer throws waiting clients out. */
    private static final Duration ROOM = Duration.ofSeconds(10);

    /** PgBouncer's defaults, seconds (PgBouncer documentation). */
    private static final String USUAL_WAITING = "120";

    private static final String USUAL_QUERY = "0";

    @Override
    public String id() {
        return "pooler-timeouts";
    }

    @Override
    public String fine(Switch sw) {
        return "Waiting clients outlast the pause budget.";
    }

    @Override
    public CheckResult look(Switch sw) {
        Duration budget = sw.project().settings().pauseBudget();
        return poolers.answering(sw, (seen, said) -> tooShort(seen, said, budget));
    }

    private static List<Finding> tooShort(SeenPooler seen, Said said, Duration budget) {
        Duration needed = budget.plus(ROOM);
        Map<Limit, List<String>> entriesByLimit = seen.change().entries().stream()
                .map(entry -> Map.entry(limit(seen, entry, said), entry))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return entriesByLimit.entrySet().stream()
                .filter(one -> one.getKey().after().compareTo(needed) < 0)
                .map(one -> finding(seen, one.getValue(), one.getKey(), budget))
                .toList();
    }

    /** Whatever comes first. */
    private static Limit limit(SeenPooler seen, String entry, Said said) {
        Limit own = new Limit(
                WAITING,
                seen.change()
                        .current()
                        .parameter(entry, WAITING)
                        .map(QueryWaitTimeouts::after)
                        .filter(after -> !after.isNegative()) // not set: everybody's holds
                        .orElseGet(() -> after(said.config().getOrDefault(WAITING, USUAL_WAITING))));
        Limit query = new Limit(QUERY, after(said.config().getOrDefault(QUERY, USUAL_QUERY)));
        return own.compareTo(query) <= 0 ? own : query;
    }

    private static Duration after(String seconds) {
        return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    }

    private static Finding finding(SeenPooler seen, List<String> entries, Limit limit, Duration budget) {
        long needed = budget.plus(ROOM).toSeconds();
        return new Finding(
                Place.at(seen.name()),
                entries,
                "clients who wait for %s are thrown out after %d s (%s); a pause budget of %d s needs at least %d s."
                        .formatted(
                                Names.some(entries),
                                limit.after().toSeconds(),
                                limit.setting(),
                                budget.toSeconds(),
                                needed),
                "Set %s = %d there and RELOAD, or lower the pause budget.".formatted(limit.setting(), needed));
    }

    /**
     * @param after whoever has waited for so long is thrown out; 0, which means never, is longer than any other
     */
    private record Limit(String setting, Duration after) implements Comparable<Limit> {

        private static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

        Limit {
            after = after.isZero() ? NEVER : after;
        }

        @Override
        public int compareTo(Limit other) {
            return Comparator.comparing(Limit::after)
                    .thenComparing(Limit::setting)
                    .compare(this, other);
        }
    }
}
