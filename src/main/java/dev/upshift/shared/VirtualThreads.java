package dev.upshift.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does all of it at once, on virtual threads. */
final class VirtualThreads implements FanOut {

    static final VirtualThreads INSTANCE = new VirtualThreads();

    private static final Executor THREADS =
            work -> Thread.ofVirtual().name("beside").start(work);

    private VirtualThreads() {}

    @Override
    public <T, R> List<R> map(List<T> things, Function<T, R> function) {
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

    @Override
    public <R> CompletableFuture<R> begin(Supplier<R> work) {
        return CompletableFuture.supplyAsync(work, THREADS);
    }

    private static <R> R join(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Waiting.WaitInterrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
