package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.IdentityJudgement.Topic;
import java.util.EnumSet;
import java.util.Set;

/** Every row that is updated or deleted can be found, in both directions. */
public final class ReplicaIdentity implements Check<Inspection> {

    @Override
    public String id() {
        return "replica-identity";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Inspection inspected) {
        return "Every table has a replica identity that works in both directions.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return IdentityFlaws.findings(inspected, Topic.IDENTITY);
    }
}
