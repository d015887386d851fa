package dev.upshift.engine;

import java.util.EnumSet;
import java.util.Set;

/** Where a run stands. */
public enum RunStatus {
    RUNNING,
    SUCCEEDED,
    /** Going back: what was done is being undone. */
    ABORTING,
    /** Everything it did is undone. */
    ABORTED,
    /** Stands past the pivot, or an undo failed, and waits for a person. */
    BLOCKED;

    public boolean leadsTo(RunStatus next) {
        return next().contains(next);
    }

    public boolean isOver() {
        return next().isEmpty();
    }

    private Set<RunStatus> next() {
        return switch (this) {
            case RUNNING -> EnumSet.of(SUCCEEDED, ABORTING, BLOCKED);
            case ABORTING -> EnumSet.of(ABORTED, BLOCKED);
            case BLOCKED -> EnumSet.of(RUNNING, ABORTING);
            case SUCCEEDED, ABORTED -> EnumSet.noneOf(RunStatus.class);
        };
    }
}
