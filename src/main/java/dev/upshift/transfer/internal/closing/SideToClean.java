package dev.upshift.transfer.internal.closing;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.SideReachable;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.transfer.internal.closing.IdleDatabases.RenamedDatabases;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One side lets us into every database that it still has, to take away what is ours; unless the side is left out. */
record SideToClean(Side side) implements Check<Closing> {

    @Override
    public String id() {
        return "%s-reachable".formatted(side.word());
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
    public String fine(Closing closing) {
        List<String> dropped = closing.dropped(side);
        return "The %s answers.%s"
                .formatted(
                        side.word(),
                        dropped.isEmpty()
                                ? ""
                                : " Dropped there, so that nothing of ours can be left in it: %s."
                                        .formatted(Names.some(dropped)));
    }

    @Override
    public CheckResult look(Closing closing) {
        Optional<LeftOut> leftOut = closing.leftOut().filter(out -> out.side() == side);
        if (leftOut.isPresent()) {
            return new NotApplicable(leftOut.get().question());
        }
        try {
            List<String> dropped = closing.dropped(side);
            List<String> there = closing.project().databases().stream()
                    .filter(database -> !dropped.contains(database))
                    .toList();
            return CheckResult.of(SideReachable.findings(closing, side, there));
        } catch (RenamedDatabases renamed) {
            return new Found(List.of(renamed.finding()));
        }
    }
}
