package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.switchover.internal.look.MarkedTables;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.Set;

/** Nothing was done to a table of which no link sends anything, since both sides were known to be equal. */
public final class TablesUnaltered implements Check<Switch> {

    @Override
    public String id() {
        return "tables-unaltered";
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
        return EnumSet.of(Moment.PLAN, Moment.FENCE);
    }

    @Override
    public String fine(Switch sw) {
        return "Since both sides were known to be equal, no table of the %s was written anew, renamed or given other columns, and none of the %s renamed, dropped, copied again or given other columns or triggers."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(new MarkedTables(sw).findings(MarkedTables.ARRIVAL));
    }
}
