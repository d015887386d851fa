package dev.upshift.switchover.internal.check.schema;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.RoomToSubscribe;
import java.util.EnumSet;
import java.util.Set;

/** The side that is left has workers and origins for the subscriptions of the way back. */
record WayBackOrigins(SubscriberRoom room) implements Check<Switch> {

    @Override
    public String id() {
        return "source-origins";
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
    public String fine(Switch sw) {
        return "The %s has workers and origins for the way back."
                .formatted(sw.from().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(RoomToSubscribe.findings(
                sw.from(), room.of(sw.onServer(sw.from())), sw.databases().size(), false));
    }
}
