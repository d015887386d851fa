package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.project.Project;
import dev.upshift.shared.ByteCount;
import java.util.List;

/**
 * Finds what is not as it should be. Pure: the same evidence gives the same conditions, and how long each of them has
 * held is looked at elsewhere.
 */
final class Judge {

    private final List<Rule> rules;

    /** @param retainedLimit a slot that holds back more is warned of */
    Judge(ByteCount retainedLimit) {
        this.rules = List.of(
                new SideRules(),
                new LeftSideRules(),
                new DirectionRules(),
                new LinkRules(retainedLimit),
                new ContinuityRules(),
                new TableRules(),
                new DriftRules(),
                new PoolerRules());
    }

    List<Condition> conditions(Evidence evidence) {
        return rules.stream().flatMap(rule -> rule.examine(evidence)).toList();
    }

    /** How things stand when nothing is wrong. */
    static Judgement calm(Evidence evidence) {
        return evidence.linksOf(evidence.currentDirection()).isEmpty()
                ? new Judgement(Health.IDLE, List.of(idle(evidence.project())))
                : new Judgement(Health.HEALTHY, List.of());
    }

    private static String idle(Project project) {
        return switch (project.phase()) {
            case DRAFT -> "Nothing replicates yet. The next step is to copy the schema.";
            case SCHEMA_COPIED -> "Nothing replicates yet. The next step is to start replication.";
            case REPLICATING, CUT_OVER, ROLLED_BACK -> "The link is being set up.";
            case FINISHED -> "Nothing replicates any more: the project is finished, the target serves.";
            case ABANDONED -> "Nothing replicates any more: the project was abandoned, the source serves.";
        };
    }
}
