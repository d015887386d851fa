package dev.upshift.engine.internal.run;

import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One lock, which a dead owner loses. */
final class MemoryLocks implements RunLocks {

    private final AtomicReference<@Nullable RunLock> holder = new AtomicReference<>();

    @Override
    public Optional<RunLock> acquire(long projectId) {
        RunLock lock = new RunLock() {
            @Override
            public void close() {
                holder.compareAndSet(this, null);
            }
        };
        return holder.compareAndSet(null, lock) ? Optional.of(lock) : Optional.empty();
    }

    @Override
    public void endHolder(long projectId, Instant before) {
        holder.set(null);
    }

    boolean isHeld() {
        return holder.get() != null;
    }

    /** As the server does when the owner's connection ends. */
    void ownerDied() {
        holder.set(null);
    }
}
