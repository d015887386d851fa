package dev.upshift.switchover.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.shared.Watchdogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PauseWatchTests {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(5);

    /** The names of the threads that let clients go. */
    private final List<String> released = Collections.synchronizedList(new ArrayList<>());

    /** So often it has to be tried. */
    private int attempts = 1;

    private PauseWatch watch(Duration budget) {
        return watch(budget, Ownership.UNDISPUTED);
    }

    private PauseWatch watch(Duration budget, Ownership ownership) {
        return new PauseWatch(
                budget,
                () -> {
                    released.add(Thread.currentThread().getName());
                    return released.size() >= attempts;
                },
                Watchdogs.onPlatformThreads().start(),
                ownership);
    }

    @Test
    void anAbortEndsThePauseAtOnceAndSaysWhy() {
        try (PauseWatch watch = watch(LONG)) {
            watch.begin();

            watch.expireNow("Aborted by mara.");

            await().until(() -> !released.isEmpty());
            assertThat(watch.isExpired()).isTrue();
            assertThat(watch.whyExpired()).isEqualTo("Aborted by mara.");
            assertThat(watch.passPivot()).isFalse();
        }
    }

    @Test
    void anAbortComesTooLateOnceThePivotIsDecidedFor() {
        try (PauseWatch watch = watch(LONG)) {
            watch.begin();
            assertThat(watch.passPivot()).isTrue();

            watch.expireNow("Aborted by mara.");

            assertThat(watch.isExpired()).isFalse();
            watch.takeBackPivot();
            assertThat(watch.isHolding()).isTrue();
        }
    }

    /** Somebody else may own the run: clients are let go while nobody else can hold them yet. */
    @Test
    void anOwnerThatIsNotSureAnyMoreLetsClientsGoAndDoesNotPassThePivot() {
        AtomicBoolean sure = new AtomicBoolean(true);
        try (PauseWatch watch = watch(LONG, ownership(sure))) {
            watch.begin();
            sure.set(false);

            assertThat(watch.passPivot()).isFalse();
            await().until(() -> !released.isEmpty());
            assertThat(watch.whyExpired()).contains("metadata database did not answer");
        }
    }

    private static Ownership ownership(AtomicBoolean sure) {
        return new Ownership() {
            @Override
            public void require() {
                throw new IllegalStateException();
            }

            @Override
            public boolean isSure() {
                return sure.get();
            }

            @Override
            public boolean mayConclude() {
                return true;
            }

            @Override
            public String mark() {
                return "";
            }
        };
    }

    @Test
    void nothingIsHeldBeforeItBegins() {
        try (PauseWatch watch = watch(LONG)) {
            assertThat(watch.isHolding()).isFalse();
            assertThat(watch.reading()).isEmpty();
            assertThat(watch.heldMillis()).isEmpty();
            assertThat(watch.left()).isEqualTo(LONG);
            assertThat(watch.passPivot()).isFalse();
        }
    }

    /** Clients are served once RESUME is answered; that it was looked at, and asked for the other pooler, comes later. */
    @Test
    void thePauseEndsWithTheLastResumeAndNotWithTheLooksAfterIt() {
        try (PauseWatch watch = watch(LONG)) {
            watch.begin();
            assertThat(watch.passPivot()).isTrue();
            watch.resumed();
            await().until(() -> spent(watch) > 50);
            watch.resumed();
            long lastResume = spent(watch);
            await().until(() -> spent(watch) > lastResume + 50);

            watch.end();

            assertThat(watch.heldMillis().orElseThrow()).isBetween(50L, lastResume);
        }
    }

    private static long spent(PauseWatch watch) {
        return LONG.minus(watch.left()).toMillis();
    }

    @Test
    void theClockRunsFromTheBeginningToTheEnd() {
        try (PauseWatch watch = watch(LONG)) {
            watch.begin();
            assertThat(watch.isHolding()).isTrue();
            assertThat(watch.left()).isLessThan(LONG).isPositive();
            assertThat(watch.reading()).get().satisfies(reading -> {
                assertThat(reading.pastPivot()).isFalse();
                assertThat(reading.budgetMillis()).isEqualTo(LONG.toMillis());
            });

            assertThat(watch.passPivot()).isTrue();
            assertThat(watch.isHolding()).isFalse();
            assertThat(watch.reading()).map(PauseReading::pastPivot).contains(true);
            assertThat(watch.heldMillis()).isEmpty();

            watch.end();
            assertThat(watch.reading()).isEmpty();
            assertThat(watch.heldMillis()).isEqualTo(watch.heldMillis()).isPresent();
            assertThat(released).isEmpty();
        }
    }

    @Test
    void aSpentBudgetLetsClientsGoOnAThreadOfItsOwn() {
        try (PauseWatch watch = watch(SHORT)) {
            watch.begin();
            await().until(() -> !released.isEmpty());

            assertThat(released).containsExactly("watchdog");
            assertThat(watch.isHolding()).isFalse();
            assertThat(watch.left()).isZero();
            assertThat(watch.reading()).isEmpty();
            assertThat(watch.passPivot()).as("too late").isFalse();
        }
    }

    @Test
    void whatCouldNotBeLetGoIsTriedAgain() {
        attempts = 3;
        try (PauseWatch watch = watch(SHORT)) {
            watch.begin();

            await().until(() -> released.size() == 3);
            assertThat(watch.isHolding()).isFalse();
        }
        assertThat(released).hasSize(3).containsOnly("watchdog");
    }

    @Test
    void whoHoldsClientsAnewIsNotDisturbed() {
        attempts = Integer.MAX_VALUE;
        try (PauseWatch watch = watch(LONG)) {
            watch.begin();
            watch.expireNow("Aborted by mara.");
            await().until(() -> !released.isEmpty());

            watch.begin();
            int mayBeUnderWay = released.size() + 1;
            await().during(Duration.ofMillis(700))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> released.size() <= mayBeUnderWay);
        }
    }

    @Test
    void aStepThatHangsDoesNotKeepTheWatchdogFromItsWork() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        try (PauseWatch watch = watch(SHORT)) {
            Thread step = Thread.ofVirtual().start(() -> {
                watch.begin();
                try {
                    hangs.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await().until(() -> !released.isEmpty());
            hangs.countDown();
            step.join();
        }
    }

    @Test
    void whatWasGivenUpDoesNotExpireAndCanBeginAgain() {
        try (PauseWatch watch = watch(Duration.ofMillis(50))) {
            watch.begin();
            watch.giveUp();
            assertThat(watch.passPivot()).isFalse();

            watch.begin();
            assertThat(watch.passPivot()).isTrue();
            await().during(Duration.ofMillis(150)).atMost(Duration.ofSeconds(5)).until(released::isEmpty);
        }
    }

    @Test
    void whatEndsInTimeIsMeasuredAndDoesNotExpire() {
        try (PauseWatch watch = watch(Duration.ofMillis(50))) {
            assertThat(watch.endInTime()).as("nobody is held").isFalse();
            watch.begin();
            assertThat(watch.endInTime()).isTrue();

            assertThat(watch.heldMillis()).isPresent();
            assertThat(watch.reading()).isEmpty();
            assertThat(watch.passPivot()).isFalse();
            await().during(Duration.ofMillis(150)).atMost(Duration.ofSeconds(5)).until(released::isEmpty);
        }
    }

    @Test
    void whatEndsTooLateDoesNotCount() {
        try (PauseWatch watch = watch(SHORT)) {
            watch.begin();
            await().until(() -> !released.isEmpty());

            assertThat(watch.endInTime()).isFalse();
            assertThat(watch.heldMillis()).isEmpty();
        }
    }

    @Test
    void everyAttemptHasTheWholeBudget() {
        try (PauseWatch watch = watch(LONG)) {
            watch.begin();
            Duration first = watch.left();
            watch.giveUp();
            watch.begin();

            assertThat(watch.left()).isGreaterThan(first.minusSeconds(1));
            assertThat(watch.heldMillis()).isEmpty();
        }
    }

    /** Pivot and expiry race; whoever wins, it is never both and never neither. */
    @Test
    void pivotOrExpiryIsDecidedOnce() throws ExecutionException, InterruptedException {
        int pivots = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 200; round++) {
                released.clear();
                try (PauseWatch watch = watch(Duration.ofNanos(20_000L + 2_000L * round))) {
                    watch.begin();
                    Future<Boolean> passed = threads.submit(watch::passPivot);
                    if (passed.get()) {
                        pivots++;
                        assertThat(released).isEmpty();
                        assertThat(watch.reading()).map(PauseReading::pastPivot).contains(true);
                    } else {
                        await().pollDelay(Duration.ZERO).until(() -> released.size() == 1);
                    }
                }
            }
        }
        assertThat(pivots).isBetween(0, 200);
    }

    @Test
    void whatWasGivenUpAddsUpAndWhatWentThroughDoesNot() {
        try (PauseWatch watch = watch(LONG)) {
            assertThat(watch.heldInVain()).isZero();

            watch.begin();
            watch.giveUp();
            Duration first = watch.heldInVain();
            watch.giveUp();
            assertThat(watch.heldInVain()).as("given up twice").isEqualTo(first).isPositive();

            watch.begin();
            watch.resumed();
            watch.giveUp();
            Duration second = watch.heldInVain();
            assertThat(second).isGreaterThan(first);

            watch.begin();
            watch.passPivot();
            watch.end();
            assertThat(watch.heldInVain()).isEqualTo(second);
            assertThat(watch.attempts()).isEqualTo(3);
        }
    }
}
