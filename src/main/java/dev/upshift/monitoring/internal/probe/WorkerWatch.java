package dev.upshift.monitoring.internal.probe;

import org.jspecify.annotations.Nullable;

/**
 * Whether a subscription's apply worker runs. One that fails is started again and again, and a look may meet it in the
 * moment between: after one was missed, it runs when the same process is seen twice.
 */
final class WorkerWatch {

    private boolean stands;
    private @Nullable Integer before;

    /** Whether it did not run when it was looked at last. */
    boolean stands() {
        return stands;
    }

    /** @param process that is there now; null when none is, as of a disabled subscription */
    boolean runs(@Nullable Integer process) {
        boolean runs = process != null && (!stands || process.equals(before));
        before = process;
        stands = !runs;
        return runs;
    }
}
