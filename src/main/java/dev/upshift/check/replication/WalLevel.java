package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.Set;

/** A side that publishes writes what logical decoding needs. */
public record WalLevel(Side side) implements Check<Inspection> {

    @Override
    public String id() {
        return "wal-level";
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
        return "The %s writes logical WAL.".formatted(side.word());
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return CheckResult.of(
                new ServerJudgement(side, inspected.servers().catalog().server(inspected.onServer(side)))
                        .walLevel().stream().toList());
    }
}
