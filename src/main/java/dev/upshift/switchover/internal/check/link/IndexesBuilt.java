package dev.upshift.switchover.internal.check.link;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** No index or constraint that was held back for the copy is still to be built. */
public final class IndexesBuilt implements Check<Switch> {

    @Override
    public String id() {
        return "indexes-built";
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
    public String fine(Switch sw) {
        return "No index or constraint is held back any more.";
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(sw.records().heldBack().databases(sw.project().id()).stream()
                .map(database -> new Finding(
                        Place.on(Side.TARGET, database),
                        List.of(),
                        "indexes and constraints are not built yet.",
                        "Run “Replicate” to its end."))
                .toList());
    }
}
