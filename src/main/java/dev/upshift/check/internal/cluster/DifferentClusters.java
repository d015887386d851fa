package dev.upshift.check.internal.cluster;

import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.CheckResult.Passed;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** Source and target are two clusters, whatever their addresses. */
public final class DifferentClusters implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "clusters-differ";
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public boolean isGate() {
        return true;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Source and target are two clusters.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        Optional<Long> source = tried.source().facts().map(ServerFacts::systemIdentifier);
        return source.isPresent() && source.equals(tried.target().facts().map(ServerFacts::systemIdentifier))
                ? new Found(List.of(new Finding(
                                Place.on(Side.TARGET),
                                List.of(),
                                "Source and target are the same cluster.",
                                "Give the address of another cluster, on a newer major version.")
                        .in(tried.target().address())))
                : new Passed();
    }
}
