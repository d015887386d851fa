package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.internal.probe.KeptConnection.StillBusy;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** Asks many at once, each on a virtual thread of its own, and waits for all of them until one deadline. */
final class Together implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Together.class);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("sample-", 0).factory());

    /**
     * Asks at once and returns at once. The supplier waits; it has an answer or a reason for every key, in the order of
     * the keys. What comes too late is given up and its answer thrown away.
     */
    <K, T> Supplier<Map<K, Answer<T>>> ask(Map<K, Question<T>> questions, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Map<K, Future<T>> asked = new LinkedHashMap<>();
        questions.forEach((key, question) -> asked.put(key, threads.submit(question.asking()::get)));
        return () -> {
            Map<K, Answer<T>> answers = new LinkedHashMap<>();
            questions.forEach((key, question) ->
                    answers.put(key, await(Objects.requireNonNull(asked.get(key)), question, deadline, atMost)));
            return answers;
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static <T> Answer<T> await(Future<T> future, Question<T> question, long deadline, Duration atMost) {
        try {
            return new Answer.Given<>(future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            question.givingUp().run();
            return new Answer.Missing<>(tooSlow(question, atMost));
        } catch (ExecutionException failed) {
            return new Answer.Missing<>(
                    reason(question, failed.getCause() == null ? failed : failed.getCause(), atMost));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            question.givingUp().run();
            return new Answer.Missing<>(question.whom() + " was not asked: the control plane is stopping.");
        }
    }

    private static String reason(Question<?> question, Throwable failure, Duration atMost) {
        return switch (failure) {
            case PostgresUnreachable unreachable -> question.whom() + " cannot be reached. " + unreachable.getMessage();
            case PoolerUnreachable unreachable -> String.valueOf(unreachable.getMessage());
            case CommandRefused refused -> String.valueOf(refused.getMessage());
            case StillBusy busy -> tooSlow(question, atMost);
            case DataAccessException refused ->
                question.whom() + " did not give an answer: "
                        + NestedExceptionUtils.getMostSpecificCause(refused).getMessage() + ".";
            default -> {
                log.error("Sampling failed in a way that it should not: {}", question.whom(), failure);
                yield question.whom() + " could not be sampled because of a fault in Upshift; its log has the details.";
            }
        };
    }

    private static String tooSlow(Question<?> question, Duration atMost) {
        return "%s did not answer within %d ms. Look whether it runs, is overloaded, or is cut off by the network; if it is just far away, raise upshift.monitoring.interval."
                .formatted(question.whom(), atMost.toMillis());
    }
}
