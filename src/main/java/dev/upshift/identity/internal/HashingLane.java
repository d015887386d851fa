package dev.upshift.identity.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.security.authentication.LockedException;

/**
 * How many passwords are compared at once, in the order in which they came: comparing one keeps a processor busy for a
 * tenth of a second. Whoever seems to guess goes through a narrow lane of his own and so is in nobody else's way.
 */
final class HashingLane {

    private static final ScopedValue<HashingLane> CURRENT = ScopedValue.newInstance();

    private static final HashingLane WIDE =
            new HashingLane(Math.max(2, Runtime.getRuntime().availableProcessors()), Duration.ofSeconds(20), () -> {});

    private final Semaphore places;
    private final Duration patience;
    private final Runnable afterWrong;

    /**
     * @param atOnce how many may compare at the same time
     * @param patience how long one waits for his turn
     * @param afterWrong happens before the next one's turn when a password was wrong
     */
    HashingLane(int atOnce, Duration patience, Runnable afterWrong) {
        this.places = new Semaphore(atOnce, true);
        this.patience = patience;
        this.afterWrong = afterWrong;
    }

    /** The one that the work in which it is asked for goes through. */
    static HashingLane current() {
        return CURRENT.orElse(WIDE);
    }

    /** Does work whose passwords go through this lane. */
    <T> T through(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** @throws LockedException if there was no turn in time */
    boolean compare(BooleanSupplier comparison) {
        enter();
        try {
            boolean right = comparison.getAsBoolean();
            if (!right) {
                afterWrong.run();
            }
            return right;
        } finally {
            places.release();
        }
    }

    private void enter() {
        try {
            if (places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        throw new LockedException("Too many passwords are being compared just now; try again in a moment.");
    }
}
