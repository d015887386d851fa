package dev.upshift.matrix;

import dev.upshift.shared.FanOut;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The same order every time. */
final class OneByOne implements FanOut {

    @Override
    public <T, R> List<R> map(List<T> things, Function<T, R> function) {
        List<R> results = new ArrayList<>();
        @Nullable RuntimeException failure = null;
        for (T thing : things) {
            try {
                results.add(function.apply(thing));
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    @Override
    public <R> CompletableFuture<R> begin(Supplier<R> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
