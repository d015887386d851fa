package dev.upshift.engine.procedure;

import dev.upshift.engine.Plan.Part;
import java.time.Duration;

/**
 * One observable action of a run. Actions and undos can be repeated: a step whose outcome is unknown is simply undone
 * (before the pivot) or performed again (after it). What an undo needs to know is in the run's facts, never in memory
 * alone.
 */
public interface Step {

    /** In kebab case, unique within its run. */
    String name();

    Part part();

    /** What it does, in one sentence in the present tense; the line of the plan, the journal and the screen. */
    String sentence();

    /** For all attempts together. */
    Duration deadline();

    StepOutcome perform(RunContext run);

    /** Takes back what {@link #perform} did, wholly or in part or not at all; throws when it cannot. */
    default void undo(RunContext run) {}

    /** Whether {@link #undo} does anything worth a line in the journal. */
    default boolean hasUndo() {
        return false;
    }

    /** Whether clients wait for this undo: then it comes before all others. */
    default boolean isUndoneFirst() {
        return false;
    }

    /**
     * Whether it may be done at the same time as the step before it: neither needs what the other does, and each can be
     * undone whatever has become of the other. They are begun by one commit, and awaited together.
     */
    default boolean isBesidePrevious() {
        return false;
    }

    /**
     * Whether nobody who takes the run over has to take anything back that it did: then it does not wait for its row to be
     * committed. For the window, where a commit is clients' time.
     */
    default boolean leavesNothing() {
        return false;
    }

    /**
     * Whether a failure waits for a person instead of undoing the run: where days of copying would be lost for a cause
     * that can be mended.
     */
    default boolean keepsOnFailure() {
        return false;
    }
}
