package dev.upshift.project;

import java.util.EnumSet;
import java.util.Set;

/** How far a project has come. */
public enum Phase {
    /** Registered; nothing was done to any server. */
    DRAFT,
    /** Roles and schema are on the target. */
    SCHEMA_COPIED,
    /** The forward link runs. */
    REPLICATING,
    /** The target serves; the reverse link runs. */
    CUT_OVER,
    /** The source serves again; the forward link runs. */
    ROLLED_BACK,
    /** Over: the target serves, nothing of ours is left. */
    FINISHED,
    /** Over: the source serves, nothing of ours is left. */
    ABANDONED;

    public boolean leadsTo(Phase next) {
        return next().contains(next);
    }

    /** Whether the project is over for good. */
    public boolean isFinal() {
        return next().isEmpty();
    }

    private Set<Phase> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(SCHEMA_COPIED, ABANDONED);
            case SCHEMA_COPIED -> EnumSet.of(REPLICATING, ABANDONED);
            case REPLICATING -> EnumSet.of(CUT_OVER, ABANDONED);
            case CUT_OVER -> EnumSet.of(ROLLED_BACK, FINISHED);
            case ROLLED_BACK -> EnumSet.of(CUT_OVER, ABANDONED);
            case FINISHED, ABANDONED -> EnumSet.noneOf(Phase.class);
        };
    }
}
