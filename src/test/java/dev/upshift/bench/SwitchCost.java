package dev.upshift.bench;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.RunFacts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a switch took by the control plane's own clock.
 *
 * @param pauseMillis how long it held clients
 * @param waitMillis how long of that PAUSE waited for the last transaction of a pooler to end
 * @param micros how long each step took that stands between PAUSE and RESUME, in their order
 */
record SwitchCost(long pauseMillis, long waitMillis, Map<String, Long> micros) {

    private static final Set<String> HOLDING = Set.of("WINDOW", "PIVOT", "COMPLETION");

    /**
     * @param run as the API answers it
     * @param journal the rows of its journal, likewise
     */
    static SwitchCost of(Map<String, Object> run, List<?> journal) {
        Map<String, Long> micros = new LinkedHashMap<>();
        for (Object item : journal) {
            Map<?, ?> row = (Map<?, ?>) item;
            if ("SUCCEEDED".equals(row.get("event"))
                    && HOLDING.contains(String.valueOf(row.get("part")))
                    && row.get("durationMicros") instanceof Number duration) {
                micros.put(String.valueOf(row.get("step")), duration.longValue());
            }
        }
        return new SwitchCost(
                ((Number) run.get("pauseMillis")).longValue(), waited((Map<?, ?>) run.get("evidence")), micros);
    }

    private static long waited(Map<?, ?> evidence) {
        Map<String, String> values = new LinkedHashMap<>();
        evidence.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
        return Evidence.HELD_AFTER.in(new RunFacts(values)).values().stream()
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
    }
}
