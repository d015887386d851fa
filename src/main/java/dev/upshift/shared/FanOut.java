package dev.upshift.shared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does the same thing to several servers, databases or poolers, and waits for all of them. */
public interface FanOut {

    /** All of it at once, on virtual threads. */
    static FanOut atOnce() {
        return VirtualThreads.INSTANCE;
    }

    /** As {@link #atOnce()}, but no more than so many at a time. */
    static FanOut atOnce(int most) {
        return new Bounded(most);
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

    /**
     * As {@link #map}, but nobody interrupts it: each is done on a thread of its own, and the caller waits whatever
     * happens. For what must not be left half said, or half seen.
     */
    default <T, R> List<R> seeThrough(List<T> things, Function<T, R> function) {
        return answers(
                things.stream().map(thing -> begin(() -> function.apply(thing))).toList());
    }

    /**
     * As {@link #map}, with the first on the calling thread, and nobody interrupts the others beside it: for sessions,
     * each of which is for one thread and is used again afterwards.
     */
    default <T, R> List<R> share(List<T> things, Function<T, R> function) {
        List<CompletableFuture<R>> others = things.stream()
                .skip(1)
                .map(thing -> begin(() -> function.apply(thing)))
                .toList();
        List<R> answers = new ArrayList<>();
        try {
            things.stream().limit(1).map(function).forEach(answers::add);
        } finally {
            others.forEach(FanOut::await);
        }
        answers.addAll(answers(others));
        return answers;
    }

    /** Begins something that goes on beside what the caller does meanwhile; a failure is in the future. */
    <R> CompletableFuture<R> begin(Supplier<R> work);

    /** As {@link #begin(Supplier)}, with another answer for what takes longer: it is left behind then. */
    default <R> CompletableFuture<R> begin(Supplier<R> work, Duration atMost, R tooLate) {
        return begin(work).completeOnTimeout(tooLate, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What has been begun answers; its failure is thrown as if it had been done here. */
    static <R> R answer(CompletableFuture<R> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** All that has been begun answers, in the same order. All are awaited; the first failure is thrown afterwards. */
    static <R> List<R> answers(List<CompletableFuture<R>> works) {
        works.forEach(FanOut::await);
        return works.stream().map(FanOut::answer).toList();
    }

    /** Waits until what has been begun is over, whatever came of it. */
    static void await(CompletableFuture<?> work) {
        work.handle((answer, failure) -> true).join();
    }
}
