package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Procedures.PauseReading;
import java.time.Duration;
import java.util.Optional;

/** Measures how long clients are held, and what is left of the budget; its {@link PauseWatch} decides when it turns. */
final class PauseClock {

    private final Duration budget;
    private long begun;
    private long lastResume;
    private long ended;
    private Duration heldInVain = Duration.ZERO;

    PauseClock(Duration budget) {
        this.budget = budget;
    }

    Duration budget() {
        return budget;
    }

    /** Begins anew. */
    void begin() {
        begun = System.nanoTime();
        lastResume = 0;
        ended = 0;
    }

    /** Clients were held in vain until now, or until the last RESUME that was told. */
    void giveUp() {
        heldInVain = heldInVain.plusNanos((lastResume == 0 ? System.nanoTime() : lastResume) - begun);
    }

    /** A pooler has answered RESUME. */
    void resumed() {
        lastResume = System.nanoTime();
    }

    /** Stops, at the last RESUME that was told. */
    void end() {
        if (begun != 0 && ended == 0) {
            ended = lastResume == 0 ? System.nanoTime() : lastResume;
        }
    }

    /** How long clients were held, in all, by attempts that were given up. */
    Duration heldInVain() {
        return heldInVain;
    }

    /** What is left of the budget; zero once it is spent. */
    Duration left() {
        Duration left = budget.minus(held());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** By the attempt that is under way, or has ended. */
    Duration held() {
        if (begun == 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos((ended == 0 ? System.nanoTime() : ended) - begun);
    }

    /** For the screen. */
    PauseReading reading(boolean pastPivot) {
        return new PauseReading(held().toMillis(), budget.toMillis(), pastPivot);
    }

    /** How long clients were held by the attempt that has ended. */
    Optional<Long> heldMillis() {
        return ended == 0 ? Optional.empty() : Optional.of(held().toMillis());
    }
}
