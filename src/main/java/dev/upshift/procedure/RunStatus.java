package dev.upshift.procedure;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a run stands. */
public enum RunStatus {
    PLANNED,
    RUNNING,
    SUCCEEDED,
    /** Going back: what was done is being undone. */
    ABORTING,
    /** Everything it did is undone. */
    ABORTED,
    /** Stands past the pivot, or an undo failed, and waits for a person. */
    BLOCKED;

    private static final Map<RunStatus, Set<RunStatus>> NEXT = Map.of(
            PLANNED, EnumSet.of(RUNNING, ABORTED),
            RUNNING, EnumSet.of(SUCCEEDED, ABORTING, BLOCKED),
            ABORTING, EnumSet.of(ABORTED, BLOCKED),
            BLOCKED, EnumSet.of(RUNNING, ABORTING),
            SUCCEEDED, EnumSet.noneOf(RunStatus.class),
            ABORTED, EnumSet.noneOf(RunStatus.class));

    public boolean leadsTo(RunStatus next) {
        return NEXT.get(this).contains(next);
    }

    public boolean isOver() {
        return NEXT.get(this).isEmpty();
    }
}
