package dev.upshift.check.internal.overlap;

import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import java.util.List;
import java.util.stream.IntStream;

/**
 * No database belongs to two projects that are not over. Two runs would fence and rewrite under each other's hands, and
 * neither would know of the other.
 */
final class SharedDatabases implements SavingCheck<ComparedProjects> {

    @Override
    public String id() {
        return "project-overlap";
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public String fine(ComparedProjects compared) {
        return "No other project has one of the databases.";
    }

    @Override
    public CheckResult look(ComparedProjects compared) {
        List<String> databases = compared.draft().databases();
        List<Integer> both = IntStream.range(0, databases.size())
                .filter(index -> compared.other().databases().contains(databases.get(index)))
                .boxed()
                .toList();
        if (both.isEmpty()) {
            return new Passed();
        }
        return CheckResult.of(compared.sharedSide().stream()
                .flatMap(side -> both.stream()
                        .map(index -> new Finding(
                                        Place.on(side, databases.get(index)),
                                        List.of(databases.get(index)),
                                        "The database belongs to %s.".formatted(compared.words()),
                                        "Finish or abandon that one, or remove the database from one of them.")
                                .in("databases[" + index + "]")))
                .toList());
    }
}
