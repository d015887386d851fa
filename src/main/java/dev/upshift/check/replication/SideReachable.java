package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        return CheckResult.of(findings(inspected, side, inspected.project().databases()));
    }

    /** Of databases of a side those that do not let us in; one finding for all that have the same reason. */
    public static List<Finding> findings(Inspection inspected, Side side, List<String> databases) {
        return inspected.ports().fanOut().map(databases, database -> refusal(inspected, side, database)).stream()
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(Refusal::message, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(alike -> finding(side, alike))
                .toList();
    }

    private static Optional<Refusal> refusal(Inspection inspected, Side side, String database) {
        try {
            inspected.on(side, database);
            return Optional.empty();
        } catch (PostgresUnreachable away) {
            return Optional.of(new Refusal(database, away));
        }
    }

    private static Finding finding(Side side, List<Refusal> alike) {
        Refusal first = alike.getFirst();
        return new Finding(
                alike.size() == 1 ? Place.on(side, first.database()) : Place.on(side),
                alike.stream().map(Refusal::database).toList(),
                first.away().happened(),
                first.away().remedy());
    }

    private record Refusal(String database, PostgresUnreachable away) {

        String message() {
            return String.valueOf(away.getMessage());
        }
    }
}
