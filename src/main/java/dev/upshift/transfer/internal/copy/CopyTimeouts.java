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

/** No timeout of a side ends the copy of a table again and again. */
record CopyTimeouts(Side side, SubscriberRoom room) implements Check<Inspection> {

    @Override
    public String id() {
        return "%s-timeouts".formatted(side.word());
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return side == Side.SOURCE ? Scope.SOURCE : Scope.TARGET;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Inspection inspected) {
        return "No timeout of the %s ends the copy.".formatted(side.word());
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return inspected.everyDatabase(
                database -> RoomToSubscribe.timeouts(side, room.of(inspected.on(side, database)), database));
    }
}
