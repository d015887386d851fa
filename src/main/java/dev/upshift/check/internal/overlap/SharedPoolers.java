package dev.upshift.check.internal.overlap;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedPooler;
import dev.upshift.check.internal.entry.Addresses;
import dev.upshift.shared.PoolerAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** No pooler belongs to two projects that are not over: it is the same by its address, or by its configuration. */
final class SharedPoolers implements SavingCheck<ComparedProjects> {

    @Override
    public String id() {
        return "pooler-overlap";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(ComparedProjects compared) {
        return "No other project has one of the poolers.";
    }

    @Override
    public CheckResult look(ComparedProjects compared) {
        List<PoolerAddress> poolers = compared.draft().poolers();
        return CheckResult.of(IntStream.range(0, poolers.size())
                .boxed()
                .flatMap(index -> shared(poolers.get(index), index, compared).stream())
                .toList());
    }

    private static Optional<Finding> shared(PoolerAddress ours, int index, ComparedProjects compared) {
        return compared.other().poolers().stream()
                .filter(theirs -> isSame(ours, theirs))
                .findFirst()
                .map(theirs -> new Finding(
                                Place.at(ours.name()),
                                List.of(theirs.name()),
                                "Pooler %s is pooler %s of %s: a switch of one would pause and rewrite it under the other."
                                        .formatted(ours.name(), theirs.name(), compared.words()),
                                "Finish or abandon that one first.")
                        .in(TriedPooler.field(index, "host")));
    }

    private static boolean isSame(PoolerAddress ours, PoolerAddress theirs) {
        return ours.configuration().equals(theirs.configuration())
                || Addresses.meet(ours.console().host(), ours.console().port(), List.of(theirs.console()));
    }
}
