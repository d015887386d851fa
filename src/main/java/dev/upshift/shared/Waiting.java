package dev.upshift.shared;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The one way to wait for something: a deadline, a poll interval, and an end on interruption. */
@Component
public final class Waiting {

    private final Clock clock;
    private final Consumer<Duration> rest;

    @Autowired
    public Waiting(Clock clock) {
        this(clock, time -> LockSupport.parkNanos(time.toNanos()));
    }

    /** @param rest lets time pass, e.g. by moving the clock on */
    public Waiting(Clock clock, Consumer<Duration> rest) {
        this.clock = clock;
        this.rest = rest;
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
        rest.accept(time);
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
