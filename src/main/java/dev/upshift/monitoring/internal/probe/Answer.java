package dev.upshift.monitoring.internal.probe;

import java.util.Optional;

/** What somebody answered, or why there is no answer. */
public sealed interface Answer<T> {

    /** It answered. */
    record Given<T>(T value) implements Answer<T> {}

    /** @param reason one or two sentences that name who did not answer, and what to do */
    record Missing<T>(String reason) implements Answer<T> {}

    default Optional<T> given() {
        return switch (this) {
            case Given<T>(T value) -> Optional.of(value);
            case Missing<T> missing -> Optional.empty();
        };
    }

    default boolean isMissing() {
        return given().isEmpty();
    }
}
