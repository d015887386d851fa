package dev.upshift.procedure.internal.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Goes through all cases before it complains, because how many fail, and which, says what is wrong. */
final class Cases {

    private static final int SHOWN = 5;

    private final List<AssertionError> failures = new ArrayList<>();
    private int tried;

    private Cases() {}

    /** Tries every number below {@code count} that is wanted. */
    static void all(int count, IntPredicate wanted, Case each) {
        Cases cases = new Cases();
        for (int number = 0; number < count; number++) {
            if (wanted.test(number)) {
                cases.attempt(number, each);
            }
        }
        cases.end();
    }

    private void attempt(int number, Case each) {
        tried++;
        try {
            each.tryOut(number);
        } catch (AssertionError failure) {
            failures.add(failure);
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
