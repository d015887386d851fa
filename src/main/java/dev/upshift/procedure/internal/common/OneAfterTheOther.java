package dev.upshift.procedure.internal.common;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does one thing after the other, on the calling thread: a plan has one order, always the same. */
public final class OneAfterTheOther implements Concurrently {

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
