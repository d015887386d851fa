package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.PoolerVersion;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import java.util.List;
import java.util.Optional;

/** Every pooler is of a release that can do what a switch needs. Of one that does not tell, nothing is said. */
public final class PoolerRelease implements SavingCheck<TriedDraft> {

    private static final PoolerVersion OLDEST = new PoolerVersion(1, 18);

    @Override
    public String id() {
        return "pooler-release";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Every pooler is new enough.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return tried.running((pooler, version) -> version.isAtLeast(OLDEST)
                ? Optional.empty()
                : Optional.of(pooler.finding(
                        List.of(),
                        "This is PgBouncer %s, and Upshift needs %s or newer.".formatted(version, OLDEST),
                        "Upgrade it first.",
                        "host")));
    }
}
