package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long conditions have held without a break. */
final class ConditionDurations {

    private Map<Key, Instant> since = new HashMap<>();

    /** Those of the conditions that have held for their time of grace. */
    List<Condition> lasting(Instant at, List<Condition> conditions) {
        Map<Key, Instant> now = new HashMap<>();
        for (Condition condition : conditions) {
            Key key = new Key(condition.subject(), condition.severity());
            now.put(key, since.getOrDefault(key, at));
        }
        since = now;
        return conditions.stream()
                .filter(condition -> held(at, condition).compareTo(condition.grace()) >= 0)
                .toList();
    }

    private Duration held(Instant at, Condition condition) {
        return Duration.between(since.getOrDefault(new Key(condition.subject(), condition.severity()), at), at);
    }

    private record Key(String subject, Health severity) {}
}
