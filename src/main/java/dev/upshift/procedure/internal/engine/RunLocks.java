package dev.upshift.procedure.internal.engine;

import java.util.Optional;

/** One owner per project's run, over all control planes. */
interface RunLocks {

    /**
     * Empty when somebody else holds it.
     *
     * @throws IllegalStateException if the metadata database did not answer
     */
    Optional<RunLock> acquire(long projectId);

    /** A held lock. */
    interface RunLock extends AutoCloseable {

        /** Frees it; again is fine, and never throws. */
        @Override
        void close();
    }
}
