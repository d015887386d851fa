package dev.upshift.monitoring.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.QueryTimeoutException;

@Timeout(20)
class TogetherTests {

    private final Together together = new Together();

    @AfterEach
    void close() {
        together.close();
    }

    @Test
    void asksAllAtTheSameTime() {
        CyclicBarrier allAreThere = new CyclicBarrier(3);
        Supplier<Integer> meeting = () -> {
            try {
                allAreThere.await();
                return 1;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };

        assertThat(ask(Map.of("a", meeting, "b", meeting, "c", meeting), Duration.ofSeconds(10)))
                .allSatisfy((key, answer) -> assertThat(answer).isEqualTo(new Answer.Given<>(1)));
    }

    @Test
    void givesUpWhatComesTooLateAndKeepsTheRest() {
        CountDownLatch givenUp = new CountDownLatch(1);
        Map<String, Question<Integer>> questions = new LinkedHashMap<>();
        questions.put(
                "slow",
                new Question<>(
                        "The target at t:1",
                        () -> {
                            try {
                                givenUp.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return 0;
                        },
                        givenUp::countDown));
        questions.put("quick", new Question<>("The source at s:1", () -> 1, () -> {}));

        Map<String, Answer<Integer>> answers =
                together.ask(questions, Duration.ofMillis(50)).get();

        assertThat(givenUp.getCount()).isZero();
        assertThat(answers.keySet()).containsExactly("slow", "quick");
        assertThat(answers.get("quick")).isEqualTo(new Answer.Given<>(1));
        assertThat(reason(answers.get("slow"))).startsWith("The target at t:1 did not answer within 50 ms.");
    }

    @Test
    void everyFailureIsAReasonInTheOperatorsWords() {
        assertThat(reasonOf(new PostgresUnreachable(
                        PostgresUnreachable.Reason.REFUSED, "Nothing accepts connections at s:1.", null)))
                .isEqualTo("The source at s:1 cannot be reached. Nothing accepts connections at s:1.");
        assertThat(reasonOf(new PoolerUnreachable(PoolerUnreachable.Reason.LOST, "Pooler a was lost.", null)))
                .isEqualTo("Pooler a was lost.");
        assertThat(reasonOf(new QueryTimeoutException("sql", new IllegalStateException("canceling statement"))))
                .isEqualTo("The source at s:1 did not give an answer: canceling statement.");
        assertThat(reasonOf(new NullPointerException("bug")))
                .isEqualTo("The source at s:1 could not be sampled because of a fault in Upshift; its log has the"
                        + " details.");
    }

    private String reasonOf(RuntimeException failure) {
        return reason(ask(
                        Map.of("a", () -> {
                            throw failure;
                        }),
                        Duration.ofSeconds(10))
                .get("a"));
    }

    private Map<String, Answer<Integer>> ask(Map<String, Supplier<Integer>> asked, Duration atMost) {
        Map<String, Question<Integer>> questions = new LinkedHashMap<>();
        asked.forEach((key, asking) -> questions.put(key, new Question<>("The source at s:1", asking, () -> {})));
        return together.ask(questions, atMost).get();
    }

    private static String reason(Answer<Integer> answer) {
        return ((Answer.Missing<Integer>) answer).reason();
    }
}
