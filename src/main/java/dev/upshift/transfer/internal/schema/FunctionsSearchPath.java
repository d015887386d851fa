package dev.upshift.transfer.internal.schema;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.UnqualifiedCalls;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** No function that a restore or a copy calls needs a search_path: both have none. */
public record FunctionsSearchPath(Side side, UnqualifiedCalls calls) implements Check<Inspection> {

    @Override
    public String id() {
        return "functions-search-path";
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
        return "No function of a generated column, an index or a check needs a search_path.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return inspected.everyDatabase(database -> calls.of(inspected.on(side, database)).stream()
                .map(call ->
                        new Finding(Place.on(side, database), List.of(call.function()), call.reason(), call.remedy()))
                .toList());
    }
}
