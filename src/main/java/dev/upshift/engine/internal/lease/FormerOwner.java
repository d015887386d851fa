package dev.upshift.engine.internal.lease;

import dev.upshift.shared.Waiting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The control plane from which a run was taken over. It may only be asleep, and what it had begun may still arrive at a
 * pooler when it wakes, so its successor looks after the poolers for a while before it ends the run.
 *
 * @param left how long that still has to be, counted from the take-over; zero where nobody can be asleep
 */
public record FormerOwner(Duration left) {

    private static final Duration EVERY = Duration.ofMillis(200);

    static FormerOwner none() {
        return new FormerOwner(Duration.ZERO);
    }

    /** @param silence since its last renewal; null if it gave the run up by itself */
    public static FormerOwner silentFor(@Nullable Duration silence, LeaseTerms terms) {
        if (silence == null) {
            return none();
        }
        Duration left = terms.quarantine().minus(silence);
        return new FormerOwner(left.isNegative() ? Duration.ZERO : left);
    }

    /** Looks again and again until nothing can come from it any more. */
    public void outlast(Waiting waiting, Runnable look) {
        if (left.isPositive()) {
            waiting.until(left, EVERY, () -> {
                look.run();
                return false;
            });
        }
    }
}
