package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.check.pooler.SeenPooler.Said;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** No pooler throws clients out that wait, before the pause budget is over. */
record QueryWaitTimeouts(SeenPoolers poolers) implements PoolerCheck {

    private static final String SETTING = "query_wait_timeout";

    /** The pause budget must leave this much before PgBouncer throws waiting clients out. */
    private static final Duration ROOM = Duration.ofSeconds(10);

    /** PgBouncer's default, seconds (PgBouncer documentation). */
    private static final String DEFAULT = "120";

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
        Map<Duration, List<String>> entriesByTimeout = seen.change().entries().stream()
                .collect(Collectors.groupingBy(entry -> timeout(seen, entry, said), TreeMap::new, Collectors.toList()));
        return entriesByTimeout.entrySet().stream()
                .filter(one -> !one.getKey().isZero() && one.getKey().compareTo(needed) < 0)
                .map(one -> finding(seen, one.getValue(), one.getKey(), budget))
                .toList();
    }

    /** From 1.26 on an entry may have one of its own, which the console does not show. */
    private static Duration timeout(SeenPooler seen, String entry, Said said) {
        String seconds = seen.change()
                .current()
                .parameter(entry, SETTING)
                .orElseGet(() -> said.config().getOrDefault(SETTING, DEFAULT));
        return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    }

    private static Finding finding(SeenPooler seen, List<String> entries, Duration timeout, Duration budget) {
        long needed = budget.plus(ROOM).toSeconds();
        return new Finding(
                Place.at(seen.name()),
                entries,
                "clients who wait for %s are thrown out after %d s (%s); a pause budget of %d s needs at least %d s."
                        .formatted(Names.some(entries), timeout.toSeconds(), SETTING, budget.toSeconds(), needed),
                "Set %s = %d there and RELOAD, or lower the pause budget.".formatted(SETTING, needed));
    }
}
