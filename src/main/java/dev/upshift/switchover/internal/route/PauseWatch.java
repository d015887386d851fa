package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.procedure.Ownership;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one {@link PauseClock clock} of the pause and its watchdog. When the budget is spent before the pivot, it lets clients go by itself,
 * on a thread that no step uses. Whether the pivot is passed or the pause expires is decided here once: never both.
 */
public final class PauseWatch implements AutoCloseable {

    private static final String EXPIRED =
            "The pause budget was spent before everything was proven; clients were let go and go on as before.";

    private static final String UNOWNED =
            "The metadata database did not answer while clients were held; they were let go before the point of no return"
                    + " and go on as before.";

    /** How often the watchdog looks whether the run is still ours. */
    private static final Duration LOOK = Duration.ofMillis(25);

    /** How soon what could not be let go is tried again. */
    private static final Duration AGAIN = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(PauseWatch.class);

    private final PauseClock clock;
    private final BooleanSupplier releaseClients;
    private final ReentrantLock decision = new ReentrantLock();
    private final ScheduledExecutorService watchdog;
    private final Ownership ownership;
    private volatile String whyExpired = EXPIRED;
    private State state = State.IDLE;
    private int attempt;

    /**
     * @param releaseClients answers whether it is done; tried again otherwise
     * @param watchdog ended with this
     * @param ownership clients are held only as long as the run is ours for sure; the pivot is not passed otherwise
     */
    PauseWatch(
            Duration budget, BooleanSupplier releaseClients, ScheduledExecutorService watchdog, Ownership ownership) {
        this.clock = new PauseClock(budget);
        this.releaseClients = releaseClients;
        this.watchdog = watchdog;
        this.ownership = ownership;
    }

    /** Clients are about to be held: starts the clock and the watchdog. */
    public void begin() {
        decision.lock();
        try {
            state = State.HOLDING;
            clock.begin();
            int thisAttempt = ++attempt;
            ScheduledFuture<?> _ = watchdog.schedule(
                    () -> expire(thisAttempt, EXPIRED), clock.budget().toNanos(), TimeUnit.NANOSECONDS);
            lookLater(thisAttempt);
        } finally {
            decision.unlock();
        }
    }

    private void lookLater(int watched) {
        ScheduledFuture<?> _ = watchdog.schedule(() -> look(watched), LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look(int watched) {
        if (!isStill(State.HOLDING, watched)) {
            return;
        }
        if (ownership.isSure()) {
            lookLater(watched);
        } else {
            expire(watched, UNOWNED);
        }
    }

    private boolean isStill(State expected, int thisAttempt) {
        return decided(() -> state == expected && attempt == thisAttempt);
    }

    private void expire(int expiredAttempt, String why) {
        decision.lock();
        try {
            if (state != State.HOLDING || attempt != expiredAttempt) {
                return;
            }
            state = State.EXPIRED;
            whyExpired = why;
        } finally {
            decision.unlock();
        }
        log.warn("Letting clients go after {} ms: {}", clock.held().toMillis(), why);
        releaseUntilDone(expiredAttempt);
    }

    /** As long as nobody holds clients anew. */
    private void releaseUntilDone(int expiredAttempt) {
        if (!isStill(State.EXPIRED, expiredAttempt)) {
            return;
        }
        boolean done = false;
        try {
            done = releaseClients.getAsBoolean();
        } finally {
            if (!done && !watchdog.isShutdown()) {
                ScheduledFuture<?> _ = watchdog.schedule(
                        () -> releaseUntilDone(expiredAttempt), AGAIN.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Decides for the pivot; false when the pause had expired before. From now on the watchdog does nothing. */
    public boolean passPivot() {
        if (!ownership.isSure()) {
            return false;
        }
        decision.lock();
        try {
            if (state != State.HOLDING) {
                return false;
            }
            state = State.PAST_PIVOT;
            return true;
        } finally {
            decision.unlock();
        }
    }

    /** Clients were let go because all is done that they were held for; false when the pause had expired before. */
    public boolean endInTime() {
        decision.lock();
        try {
            if (state != State.HOLDING) {
                return false;
            }
            end();
            return true;
        } finally {
            decision.unlock();
        }
    }

    /** Ends the pause before its budget is spent, unless the pivot is decided for; on the watchdog's thread. */
    void expireNow(String why) {
        decision.lock();
        try {
            int thisAttempt = attempt;
            if (state == State.HOLDING) {
                ScheduledFuture<?> _ = watchdog.schedule(() -> expire(thisAttempt, why), 0, TimeUnit.NANOSECONDS);
            }
        } finally {
            decision.unlock();
        }
    }

    /** The pivot was decided for, but it did not come about: clients are held, and can be let go again. */
    void takeBackPivot() {
        decision.lock();
        try {
            if (state == State.PAST_PIVOT) {
                state = State.HOLDING;
            }
        } finally {
            decision.unlock();
        }
    }

    /** Clients were let go before the pivot, by a step or an undo. */
    public void giveUp() {
        decision.lock();
        try {
            if (state == State.HOLDING) {
                clock.giveUp();
                state = State.IDLE;
            }
        } finally {
            decision.unlock();
        }
    }

    /** A pooler has answered RESUME: if it was the last one, the pause ended now, and not when all was looked at. */
    public void resumed() {
        decision.lock();
        try {
            clock.resumed();
        } finally {
            decision.unlock();
        }
    }

    /** Clients were resumed: stops the clock, at the last RESUME that was told. */
    public void end() {
        decision.lock();
        try {
            clock.end();
            state = State.ENDED;
        } finally {
            decision.unlock();
        }
    }

    /** Whether clients were ever about to be held. */
    public boolean hasBegun() {
        return attempts() > 0;
    }

    /** How many times clients were about to be held. */
    public int attempts() {
        return decided(() -> attempt);
    }

    /** How long clients were held, in all, by attempts that were given up. */
    public Duration heldInVain() {
        return decided(() -> clock.heldInVain());
    }

    /** Whether clients are held for this run now, and neither the watchdog nor an undo has let them go. */
    public boolean isHolding() {
        return decided(() -> state == State.HOLDING);
    }

    /** Whether the budget was spent before the pivot: the watchdog lets clients go, or has done so. */
    public boolean isExpired() {
        return decided(() -> state == State.EXPIRED);
    }

    /** Why the watchdog let clients go, in a sentence. */
    public String whyExpired() {
        return whyExpired;
    }

    /** What is left of the budget; zero once it is spent. */
    public Duration left() {
        return clock.left();
    }

    /** For the screen, while clients are held. */
    Optional<PauseReading> reading() {
        return decided(() -> switch (state) {
            case HOLDING -> Optional.of(clock.reading(false));
            case PAST_PIVOT -> Optional.of(clock.reading(true));
            case IDLE, EXPIRED, ENDED -> Optional.empty();
        });
    }

    /** How long clients were held by the switch, or the rehearsal, that went through. */
    public Optional<Long> heldMillis() {
        return clock.heldMillis();
    }

    /** What holds between two decisions. */
    private <T> T decided(Supplier<T> look) {
        decision.lock();
        try {
            return look.get();
        } finally {
            decision.unlock();
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
    }

    private enum State {
        IDLE,
        HOLDING,
        EXPIRED,
        PAST_PIVOT,
        ENDED
    }
}
