package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;

/** The console of every pooler answers, to a user who may PAUSE. */
public final class AnsweringConsoles implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "poolers-reachable";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Every pooler's console answers.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return CheckResult.of(tried.poolers().stream()
                .flatMap(pooler -> pooler.unreachable().stream())
                .toList());
    }
}
