package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.IdentityJudgement.Topic;
import dev.upshift.project.Acceptance;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Rows that are found by all their columns have only columns that can be compared. */
public final class IdentityFullTypes implements Check<Inspection> {

    @Override
    public String id() {
        return "identity-full-types";
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
    public Optional<Acceptance> acceptance() {
        return Optional.of(Acceptance.IDENTITY_FULL_TYPES);
    }

    @Override
    public String fine(Inspection inspected) {
        return "Rows that are found by all their columns can be compared.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return IdentityFlaws.findings(inspected, Topic.TYPES);
    }
}
