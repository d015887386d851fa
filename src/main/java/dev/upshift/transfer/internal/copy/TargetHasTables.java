package dev.upshift.transfer.internal.copy;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Inspection;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The target has every table that is to be copied. */
final class TargetHasTables implements Check<Inspection> {

    @Override
    public String id() {
        return "target-has-tables";
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
        return "The target has every table.";
    }

    @Override
    public CheckResult look(Inspection inspected) {
        return inspected.everyDatabase(database -> {
            Catalog catalog = inspected.servers().catalog();
            Set<TableName> present = new HashSet<>();
            catalog.tables(inspected.on(Side.TARGET, database)).forEach(table -> present.add(table.name()));
            List<TableName> missing = Replicate.replicated(catalog, inspected.on(Side.SOURCE, database), true).stream()
                    .map(TableFacts::name)
                    .filter(name -> !present.contains(name))
                    .toList();
            return missing.isEmpty()
                    ? List.of()
                    : List.of(new Finding(
                            Place.on(Side.TARGET, database),
                            missing.stream().map(TableName::toString).toList(),
                            "it lacks %s.".formatted(Names.some(missing)),
                            "Create it there."));
        });
    }
}
