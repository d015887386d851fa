package dev.upshift.shared;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does so many at a time, each on a virtual thread. */
final class Bounded implements FanOut {

    private final FanOut threads = VirtualThreads.INSTANCE;
    private final Semaphore places;

    Bounded(int most) {
        this.places = new Semaphore(most);
    }

    @Override
    public <T, R> List<R> map(List<T> things, Function<T, R> function) {
        return threads.map(things, thing -> inPlace(() -> function.apply(thing)));
    }

    @Override
    public <R> CompletableFuture<R> begin(Supplier<R> work) {
        return threads.begin(() -> inPlace(work));
    }

    private <R> R inPlace(Supplier<R> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
