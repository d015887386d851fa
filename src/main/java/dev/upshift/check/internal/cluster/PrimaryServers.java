package dev.upshift.check.internal.cluster;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.replication.ServerJudgement;

/** Neither side is a standby. */
public final class PrimaryServers implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "servers-are-primaries";
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Both sides are primaries.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return CheckResult.of(tried.clusters()
                .flatMap(cluster ->
                        cluster.facts().flatMap(facts -> new ServerJudgement(cluster.side(), facts).standby()).stream()
                                .map(found -> found.in(cluster.address())))
                .toList());
    }
}
