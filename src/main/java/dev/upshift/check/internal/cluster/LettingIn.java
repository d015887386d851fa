package dev.upshift.check.internal.cluster;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;

/** Both clusters let us in: the source into every database, the target into those that it has already. */
public final class LettingIn implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "servers-reachable";
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Both sides answer.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return CheckResult.of(
                tried.clusters().flatMap(cluster -> cluster.refusals().stream()).toList());
    }
}
