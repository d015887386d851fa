package dev.upshift.verification.internal;

import dev.upshift.postgres.ComparedRows.TableSide;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A table on the side that publishes and on the side that subscribes, asked at the same time: what was written between
 * the two moments is then as little as can be, however long the answers take.
 */
record BothSides(TableSide publishing, TableSide subscribing) {

    <T> Answers<T> ask(Function<TableSide, T> question) {
        CompletableFuture<T> other = inBackground(() -> question.apply(subscribing));
        T here;
        try {
            here = question.apply(publishing);
        } catch (RuntimeException failure) {
            // Not to leave a statement running on a session that somebody else is about to use.
            other.handle((answer, error) -> true).join();
            throw failure;
        }
        try {
            return new Answers<>(here, other.join());
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /** Whether the totals of either side, asked for before, met what was written since the comparison began. */
    boolean wasWritten() {
        return publishing.wasWritten() || subscribing.wasWritten();
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    /** What the two sides say. */
    record Answers<T>(T publishing, T subscribing) {}
}
