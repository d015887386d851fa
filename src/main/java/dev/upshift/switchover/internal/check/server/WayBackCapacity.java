package dev.upshift.switchover.internal.check.server;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.SlotCapacity;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.Set;

/** The side that is entered has room for the slots of the way back, and for those who send from them. */
public final class WayBackCapacity implements Check<Switch> {

    @Override
    public String id() {
        return "way-back-capacity";
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
        return "The %s has room for the slot of the way back.".formatted(sw.to().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        ServerFacts facts = sw.servers().catalog().server(sw.onServer(sw.to()));
        return CheckResult.of(
                SlotCapacity.lacking(sw.to(), facts, sw.databases().size()));
    }
}
