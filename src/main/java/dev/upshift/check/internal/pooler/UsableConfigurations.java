package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;

/** The configuration of every pooler can be read, and replaced by another one. */
public final class UsableConfigurations implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pooler-config-writable";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "The configuration of every pooler can be read and replaced.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return CheckResult.of(tried.poolers().stream()
                .flatMap(pooler -> pooler.unusable().stream())
                .toList());
    }
}
