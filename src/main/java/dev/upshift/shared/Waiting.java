package dev.upshift.shared;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** The one way to wait for something: a deadline, a poll interval, and an end on interruption. */
@Component
public final class Waiting {

    private final Clock clock;

    public Waiting(Clock clock) {
        this.clock = clock;
    }

    /**
     * Asks {@code condition} until it holds.
     *
     * @return true once it held, false when the time was spent first
     * @throws WaitInterrupted if the thread was interrupted; the interrupt flag stays set
     */
    public boolean until(Duration atMost, Duration every, BooleanSupplier condition) {
        Instant deadline = clock.instant().plus(atMost);
        while (true) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Duration left = Duration.between(clock.instant(), deadline);
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            pause(left.compareTo(every) < 0 ? left : every);
        }
    }

    /** Lets the given time pass. */
    public void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new WaitInterrupted();
        }
    }

    /** The waiting thread was interrupted. */
    public static final class WaitInterrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public WaitInterrupted() {
            super("Interrupted while waiting");
        }
    }
}
