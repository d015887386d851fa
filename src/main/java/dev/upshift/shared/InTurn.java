package dev.upshift.shared;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does one thing after the other, on the calling thread. */
final class InTurn implements FanOut {

    static final InTurn INSTANCE = new InTurn();

    private InTurn() {}

    @Override
    public <T, R> List<R> map(List<T> things, Function<T, R> function) {
        return things.stream().map(function).toList();
    }

    @Override
    public <R> CompletableFuture<R> begin(Supplier<R> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
