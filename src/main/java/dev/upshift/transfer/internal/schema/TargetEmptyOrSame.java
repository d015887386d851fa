package dev.upshift.transfer.internal.schema;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.schema.SchemaCopy.SchemaComparison;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The target has no objects yet, or the very same. */
final class TargetEmptyOrSame implements Check<Inspection> {

    @Override
    public String id() {
        return "target-empty-or-same";
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
    public String fine(Inspection inspected) {
        return "The target has no objects yet, or the very same.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        BothSchemas schemas = new BothSchemas(inspected.project(), inspected.ports());
        return inspected.everyDatabaseInTurn(database -> {
            SchemaComparison comparison = schemas.compare(database);
            return comparison.targetEmpty() || comparison.isSame()
                    ? List.of()
                    : List.of(new Finding(
                            Place.on(Side.TARGET, database),
                            comparison.differences(),
                            "it is neither empty nor the same as on the source: %s."
                                    .formatted(Names.some(comparison.differences())),
                            "Drop it, or make it equal."));
        });
    }
}
