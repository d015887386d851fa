package dev.upshift.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FanOutTests {

    private final FanOut fanOut = FanOut.atOnce();

    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void answersComeInTheOrderOfTheQuestions() {
        CountDownLatch second = new CountDownLatch(1);

        List<Integer> answers = fanOut.map(List.of(1, 2), number -> {
            if (number == 1) {
                await(second);
            } else {
                second.countDown();
            }
            return number * 10;
        });

        assertThat(answers).containsExactly(10, 20);
    }

    @Test
    void allAreUnderWayAtOnce() {
        CyclicBarrier all = new CyclicBarrier(5);

        fanOut.forEach(List.of(1, 2, 3, 4, 5), number -> {
            meet(all);
            done.add(number);
        });

        assertThat(done).hasSize(5);
    }

    @Test
    void afterAFailureTheOthersAreAwaitedAllTheSame() {
        CountDownLatch failed = new CountDownLatch(1);

        Throwable failure = catchThrowable(() -> fanOut.forEach(List.of(1, 2, 3), number -> {
            if (number == 1) {
                failed.countDown();
                throw new IllegalArgumentException("bouncer-a");
            }
            await(failed);
            done.add(number);
        }));

        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessage("bouncer-a");
        assertThat(done).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void oneIsDoneOnTheCallersThread() {
        assertThat(fanOut.map(List.of(1), number -> Thread.currentThread())).containsExactly(Thread.currentThread());
    }

    @Test
    void whatWasBegunGoesOnBeside() {
        CountDownLatch mayEnd = new CountDownLatch(1);

        CompletableFuture<String> begun = fanOut.begin(() -> {
            await(mayEnd);
            return "read";
        });

        assertThat(begun).isNotDone();
        mayEnd.countDown();
        assertThat(begun.join()).isEqualTo("read");
    }

    @Test
    void whatWasBegunFailsWhereItIsAwaited() {
        CompletableFuture<String> begun = fanOut.begin(() -> {
            throw new IllegalArgumentException("sequence");
        });

        assertThat(catchThrowable(begun::join)).hasRootCauseMessage("sequence");
    }

    @Test
    void noneIsFine() {
        assertThat(fanOut.map(List.of(), number -> number)).isEmpty();
        assertThat(fanOut.share(List.of(), number -> number)).isEmpty();
        assertThat(fanOut.seeThrough(List.of(), number -> number)).isEmpty();
    }

    @Test
    void whatIsSeenThroughIsInterruptedByNobody() {
        List<Boolean> interrupted;
        Thread.currentThread().interrupt();
        try {
            interrupted = fanOut.seeThrough(
                    List.of(1, 2), number -> Thread.currentThread().isInterrupted());
        } finally {
            assertThat(Thread.interrupted())
                    .as("told to the caller all the same")
                    .isTrue();
        }

        assertThat(interrupted).containsExactly(false, false);
    }

    @Test
    void ofWhatIsSharedTheFirstIsDoneOnTheCallersThread() {
        List<Thread> threads = fanOut.share(List.of(1, 2, 3), number -> Thread.currentThread());

        assertThat(threads).doesNotHaveDuplicates().hasSize(3);
        assertThat(threads.getFirst()).isEqualTo(Thread.currentThread());
    }

    @Test
    void whateverFailsOfWhatIsSharedTheOthersAreAwaited() {
        assertThat(catchThrowable(() -> fanOut.share(List.of(1, 2, 3), number -> {
                    if (number < 3) {
                        throw new IllegalArgumentException("session " + number);
                    }
                    return done.add(number);
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session 1");
        assertThat(done).containsExactly(3);
    }

    @Test
    void whatTakesTooLongIsLeftBehind() {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<String> late = fanOut.begin(
                () -> {
                    await(never);
                    return "serves";
                },
                Duration.ofMillis(1),
                "did not answer");
        CompletableFuture<String> early = fanOut.begin(() -> "serves", Duration.ofMinutes(1), "did not answer");

        assertThat(FanOut.answers(List.of(late, early))).containsExactly("did not answer", "serves");
        never.countDown();
    }

    @Test
    void noMoreAreUnderWayThanAllowed() {
        AtomicInteger underWay = new AtomicInteger();
        CyclicBarrier two = new CyclicBarrier(2);

        List<Integer> most = FanOut.atOnce(2).seeThrough(List.of(1, 2, 3, 4, 5, 6), number -> {
            int now = underWay.incrementAndGet();
            meet(two);
            underWay.decrementAndGet();
            return now;
        });

        assertThat(most).hasSize(6).allSatisfy(now -> assertThat(now).isBetween(1, 2));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
