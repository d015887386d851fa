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

/** One side lets us into every database of the project. */
public record SideReachable(Side side) implements Check<Inspection> {

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
    public String fine(Inspection inspected) {
        return "The " + side.word() + " answers.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return inspected.everyDatabase(database -> {
            inspected.on(side, database);
            return List.of();
        });
    }
}
