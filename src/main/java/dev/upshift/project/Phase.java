package dev.upshift.project;

import java.util.EnumSet;
import java.util.Set;

/** How far a project has come. */
public enum Phase {
    /** Registered; nothing was done to any server. */
    DRAFT("a draft"),
    /** Roles and schema are on the target. */
    SCHEMA_COPIED("done with copying its schema"),
    /** The forward link runs. */
    REPLICATING("replicating"),
    /** The target serves; the reverse link runs. */
    CUT_OVER("cut over"),
    /** The source serves again; the forward link runs. */
    ROLLED_BACK("rolled back"),
    /** Over: the target serves, nothing of ours is left. */
    FINISHED("finished"),
    /** Over: the source serves, nothing of ours is left. */
    ABANDONED("abandoned");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** To follow “the project is”. */
    public String words() {
        return words;
    }

    public boolean leadsTo(Phase next) {
        return next().contains(next);
    }

    /** Whether a switch has left a fence of ours on the side that does not serve, and the project goes on. */
    public boolean leavesAFence() {
        return this == CUT_OVER || this == ROLLED_BACK;
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
