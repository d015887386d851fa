package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.CarriedLink;
import dev.upshift.transfer.link.LinkDifferences.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every table is the one that was copied, on both sides, and is carried whole. What is so is remembered for later looks. */
public final class TablesCarriedWhole implements Check<Switch> {

    /** Those that neither {@link TablesPublished}, {@link TablesReady} nor {@link SequencesSettable} tells. */
    private static final Set<Reason> OTHERS = EnumSet.of(
            Reason.PUT_BACK,
            Reason.IN_PART,
            Reason.MISSING,
            Reason.DROPPED_THERE,
            Reason.UNLOGGED,
            Reason.UNLOGGED_THERE,
            Reason.MADE_AGAIN,
            Reason.NEVER_COPIED);

    @Override
    public String id() {
        return "new-objects";
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
        return "Every table is the one that was copied, on both sides, and is carried whole.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(FeedingLinks.carried(sw).stream()
                .flatMap(link -> findings(sw, link).stream())
                .toList());
    }

    private static List<Finding> findings(Switch sw, CarriedLink link) {
        List<Finding> findings = new ArrayList<>(link.ends());
        findings.addAll(link.findings(OTHERS));
        if (findings.isEmpty()) {
            CarriedNow.remember(sw, link);
        }
        return findings;
    }
}
