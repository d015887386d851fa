package dev.upshift.pooler.internal.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A point in time by which something must be over. */
record Deadline(Instant end, Clock clock) {

    static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock.instant().plus(time), clock);
    }

    /** Never negative. */
    Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isOver() {
        return left().isZero();
    }
}
