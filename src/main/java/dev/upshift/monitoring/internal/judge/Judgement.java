package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How things stand and why.
 *
 * @param reasons worst first
 */
record Judgement(Health health, List<String> reasons) {

    /**
     * The worst of the conditions; {@code otherwise} if there is none. Of several conditions about one subject only the
     * worst is told.
     */
    static Judgement of(List<Condition> conditions, Judgement otherwise) {
        Map<String, Condition> bySubject = new LinkedHashMap<>();
        conditions.forEach(condition -> bySubject.merge(
                condition.subject(),
                condition,
                (one, other) -> one.severity().compareTo(other.severity()) >= 0 ? one : other));
        List<Condition> worstFirst = bySubject.values().stream()
                .sorted(Comparator.comparing(Condition::severity).reversed())
                .toList();
        if (worstFirst.isEmpty()) {
            return otherwise;
        }
        return new Judgement(
                worstFirst.getFirst().severity(),
                worstFirst.stream().map(Condition::reason).distinct().toList());
    }
}
