package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.Catalog.ServerFacts;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
        return CheckResult.of(judge(side, inspected.servers().catalog().server(inspected.onServer(side))).stream()
                .toList());
    }

    /** The same of a server that was asked already. */
    public static Optional<Finding> judge(Side side, ServerFacts facts) {
        return "logical".equals(facts.walLevel())
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.on(side),
                        List.of("wal_level"),
                        "wal_level is %s, with which nothing can be decoded.".formatted(facts.walLevel()),
                        "ALTER SYSTEM SET wal_level = logical; then restart it."));
    }
}
