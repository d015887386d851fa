package dev.upshift.check.internal.cluster;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.replication.ServerJudgement;

/** Both sides write what logical decoding needs: one for the copy, the other for the way back. */
public final class LogicalWal implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "wal-level";
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Both sides write logical WAL.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return CheckResult.of(tried.clusters()
                .flatMap(cluster ->
                        cluster.facts().flatMap(facts -> new ServerJudgement(cluster.side(), facts).walLevel()).stream()
                                .map(found -> found.in(cluster.address())))
                .toList());
    }
}
