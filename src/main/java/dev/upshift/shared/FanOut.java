package dev.upshift.shared;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does the same thing to several servers, databases or poolers, and waits for all of them. */
public interface FanOut {

    /** All of it at once, on virtual threads. */
    static FanOut atOnce() {
        return VirtualThreads.INSTANCE;
    }

    /** One thing after the other, on the calling thread: the order is always the same. */
    static FanOut inTurn() {
        return InTurn.INSTANCE;
    }

    /** As {@link #map}, without results. */
    default <T> void forEach(List<T> things, Consumer<T> action) {
        map(things, thing -> {
            action.accept(thing);
            return thing;
        });
    }

    /**
     * Applies the function to all and answers in the same order. All are awaited; the first failure is thrown
     * afterwards.
     */
    <T, R> List<R> map(List<T> things, Function<T, R> function);

    /** Begins something that goes on beside what the caller does meanwhile; a failure is in the future. */
    <R> CompletableFuture<R> begin(Supplier<R> work);

    /** What has been begun answers; its failure is thrown as if it had been done here. */
    static <R> R answer(CompletableFuture<R> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
