package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.EnumSet;
import java.util.Set;

/** Every table of the side that is left is in the publication. */
public final class TablesPublished implements Check<Switch> {

    @Override
    public String id() {
        return "tables-published";
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
        return "Every table is in the publication.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(FeedingLinks.carried(sw).stream()
                .flatMap(link -> link.findings(EnumSet.of(Reason.UNPUBLISHED, Reason.TAKEN_OUT)).stream())
                .toList());
    }
}
