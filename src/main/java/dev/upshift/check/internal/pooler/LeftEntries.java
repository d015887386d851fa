package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.check.internal.draft.TriedPooler;

/** No other entry of a pooler leads to one of the sides than those that would be moved. */
public final class LeftEntries implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pooler-forgotten";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "No other entry of the poolers leads to one of the sides.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return tried.entries(TriedPooler::forgotten);
    }
}
