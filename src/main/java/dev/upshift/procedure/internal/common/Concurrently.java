package dev.upshift.procedure.internal.common;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same thing to several servers or databases at once, on virtual threads, and waits for all of them. */
public final class Concurrently {

    private Concurrently() {}

    /** As {@link #map}, without results. */
    public static <T> void forEach(List<T> things, Consumer<T> action) {
        map(things, thing -> {
            action.accept(thing);
            return thing;
        });
    }

    /**
     * Applies the function to all and answers in the same order. All are awaited; the first failure is thrown
     * afterwards.
     */
    public static <T, R> List<R> map(List<T> things, Function<T, R> function) {
        if (things.size() == 1) {
            return List.of(function.apply(things.getFirst()));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = things.stream()
                    .map(thing -> threads.submit(() -> function.apply(thing)))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(join(future));
            }
            return results;
        }
    }

    private static <R> R join(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new dev.upshift.shared.Waiting.WaitInterrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
