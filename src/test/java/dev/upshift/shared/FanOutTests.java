package dev.upshift.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
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
            try {
                all.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
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
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
