package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
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
        String level =
                inspected.servers().catalog().server(inspected.onServer(side)).walLevel();
        return "logical".equals(level)
                ? new Passed()
                : new Found(List.of(new Finding(
                        Place.on(side),
                        List.of("wal_level"),
                        "wal_level is %s, with which nothing can be decoded.".formatted(level),
                        "ALTER SYSTEM SET wal_level = logical; then restart it.")));
    }
}
