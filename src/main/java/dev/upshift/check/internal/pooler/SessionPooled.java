package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;

/** No entry that would be moved is pooled by session. */
public final class SessionPooled implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pool-mode";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "No mapped entry uses session pooling.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return tried.entries(pooler -> pooler.mapped().stream()
                .flatMap(
                        mapped -> pooler.running().stream().flatMap(running -> running.sessionPooling(mapped).stream()))
                .toList());
    }
}
