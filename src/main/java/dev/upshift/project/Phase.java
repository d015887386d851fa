package dev.upshift.project;

import java.util.EnumSet;
import java.util.Map;
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

    private static final Map<Phase, Set<Phase>> NEXT = Map.of(
            DRAFT, EnumSet.of(SCHEMA_COPIED, ABANDONED),
            SCHEMA_COPIED, EnumSet.of(REPLICATING, ABANDONED),
            REPLICATING, EnumSet.of(CUT_OVER, ABANDONED),
            CUT_OVER, EnumSet.of(ROLLED_BACK, FINISHED),
            ROLLED_BACK, EnumSet.of(CUT_OVER, ABANDONED),
            FINISHED, EnumSet.noneOf(Phase.class),
            ABANDONED, EnumSet.noneOf(Phase.class));

    public boolean leadsTo(Phase next) {
        return NEXT.get(this).contains(next);
    }

    /** Whether the project is over for good. */
    public boolean isFinal() {
        return NEXT.get(this).isEmpty();
    }
}
