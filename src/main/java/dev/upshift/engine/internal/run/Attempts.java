package dev.upshift.engine.internal.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * When a run without an owner may be taken up by this control plane: at once, but ever later if taking it up ends in an
 * exception again and again.
 */
@Component
class Attempts {

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<Long, Rest> rests = new ConcurrentHashMap<>();

    Attempts(Clock clock) {
        this.clock = clock;
    }

    boolean isDue(long run) {
        Rest rest = rests.get(run);
        return rest == null || !clock.instant().isBefore(rest.until());
    }

    /** It is being taken up now. */
    void note(long run) {
        rests.merge(run, new Rest(FIRST_REST, clock.instant().plus(FIRST_REST)), (before, first) -> before.next(clock));
    }

    private record Rest(Duration length, Instant until) {

        Rest next(Clock clock) {
            Duration doubled = length.multipliedBy(2);
            Duration longer = doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
            return new Rest(longer, clock.instant().plus(longer));
        }
    }
}
