package dev.upshift.transfer.internal.copy;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** No row is there yet that the copy would meet: it would fail for ever. */
final class TargetEmpty implements Check<Inspection> {

    @Override
    public String id() {
        return "target-empty";
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
        return "The target's tables are empty.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return inspected.everyDatabase(database -> {
            List<TableName> filled =
                    inspected.servers().targetCleaning().tablesWithRows(inspected.on(Side.TARGET, database));
            return filled.isEmpty()
                    ? List.of()
                    : List.of(new Finding(
                            Place.on(Side.TARGET, database),
                            filled.stream().map(TableName::toString).toList(),
                            "%s holds rows already, which would collide with the copy for ever."
                                    .formatted(Names.some(filled)),
                            "TRUNCATE it there."));
        });
    }
}
