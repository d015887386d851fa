package dev.upshift.check.replication;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
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

/**
 * Materialized views keep what they held when they were last refreshed.
 */
public final class MaterializedViews implements Check<Inspection> {

    @Override
    public String id() {
        return "materialized-views";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public Scope scope() {
        return Scope.SOURCE;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Inspection inspected) {
        return "No materialized view needs a REFRESH.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        Side from = inspected.project().servingSide();
        return inspected.everyDatabase(database ->
                NotCarriedRows.seen(inspected, from, database).toBeRefreshed().stream()
                        .map(views -> new Finding(
                                Place.on(from, database),
                                List.of(views),
                                "it has %s; on the %s their content is that of their last REFRESH there."
                                        .formatted(views, from.other().word()),
                                "REFRESH them once clients are served by it."))
                        .toList());
    }
}
