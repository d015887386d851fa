package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Both sides let us into every database of the project. */
public final class ServersReachable implements Check<Inspection> {

    @Override
    public String id() {
        return "servers-reachable";
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
    public boolean isGate() {
        return true;
    }

    @Override
    public String fine(Inspection inspected) {
        return "Both sides answer.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        List<String> databases = inspected.project().databases();
        return CheckResult.of(inspected
                .ports()
                .fanOut()
                .map(List.of(Side.values()), side -> SideReachable.findings(inspected, side, databases))
                .stream()
                .flatMap(List::stream)
                .toList());
    }
}
