package dev.upshift.transfer.internal.copy;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.shared.Side;
import dev.upshift.transfer.link.RoomToSubscribe;
import java.util.EnumSet;
import java.util.Set;

/** The target has workers and origins for the copy. */
record TargetReplicationCapacity(SubscriberRoom room) implements Check<Inspection> {

    @Override
    public String id() {
        return "target-replication-capacity";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.TARGET;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Inspection inspected) {
        return "The target has workers and origins for the copy.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return CheckResult.of(RoomToSubscribe.findings(
                Side.TARGET,
                room.of(inspected.onServer(Side.TARGET)),
                inspected.project().databases().size(),
                true));
    }
}
