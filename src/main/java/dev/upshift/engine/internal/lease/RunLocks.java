package dev.upshift.engine.internal.lease;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** One owner per project's run, over all control planes. */
public interface RunLocks {

    /**
     * Empty when somebody else holds it.
     *
     * @throws IllegalStateException if the metadata database did not answer
     */
    Optional<RunLock> acquire(long projectId);

    /**
     * Ends the session that holds the lock, if it began before the given time: that of an owner whose lease has run out,
     * and not that of somebody who is just taking it over. Frees the lock even if the owner's process hangs.
     *
     * @param before by the clock of the metadata database
     * @throws RuntimeException if the metadata database did not answer
     */
    void endHolder(long projectId, Instant before);

    /** A held lock. */
    interface RunLock extends AutoCloseable {

        /** Frees it; again is fine, and never throws. */
        @Override
        void close();

        /** Does something that may give this lock to the engine; frees it otherwise. Freeing it again does no harm. */
        default <T> T handingOver(Supplier<T> work) {
            boolean handedOver = false;
            try {
                T result = work.get();
                handedOver = true;
                return result;
            } finally {
                if (!handedOver) {
                    close();
                }
            }
        }
    }
}
