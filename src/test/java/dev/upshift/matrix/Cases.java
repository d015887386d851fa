package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Goes through all cases before it complains, because how many fail, and which, says what is wrong. Each has a world of its
 * own, so as many are tried at the same time as there are processors.
 */
final class Cases {

    private static final int SHOWN = 5;

    private final List<AssertionError> failures;
    private final int tried;

    private Cases(int tried, List<AssertionError> failures) {
        this.tried = tried;
        this.failures = failures;
    }

    /** Tries every number below {@code count} that is wanted. */
    static void all(int count, IntPredicate wanted, Case each) {
        int[] numbers = IntStream.range(0, count).filter(wanted).toArray();
        List<AssertionError> failures = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            IntStream.of(numbers)
                    .mapToObj(number -> CompletableFuture.supplyAsync(() -> attempt(number, each), threads))
                    .toList()
                    .forEach(attempt -> attempt.join().ifPresent(failures::add));
        }
        new Cases(numbers.length, failures).end();
    }

    private static Optional<AssertionError> attempt(int number, Case each) {
        try {
            each.tryOut(number);
            return Optional.empty();
        } catch (AssertionError failure) {
            return Optional.of(failure);
        }
    }

    private void end() {
        assertThat(tried).as("cases").isPositive();
        if (!failures.isEmpty()) {
            StringBuilder message = new StringBuilder("%d of %d cases fail:".formatted(failures.size(), tried));
            failures.stream()
                    .limit(SHOWN)
                    .forEach(failure -> message.append("\n\n").append(failure.getMessage()));
            throw new AssertionError(message.toString(), failures.getFirst());
        }
    }

    /** One of many. */
    interface Case {
        void tryOut(int number);
    }
}
