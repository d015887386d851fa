package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.PoolerVersion;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedCluster;
import dev.upshift.check.internal.draft.TriedDraft;
import java.util.List;
import java.util.Optional;

/** No pooler carries a parameter from the target back to a source that does not know it, where clients would be cut off. */
public final class CarriedParameters implements SavingCheck<TriedDraft> {

    /** The first that knows {@code scram_iterations} (PostgreSQL release notes, 16). */
    private static final int REPORTS_SCRAM_ITERATIONS = 16;

    /** The first that tracks every parameter a server reports, for each client (PgBouncer changelog, 1.26). */
    private static final PoolerVersion TRACKS_ALL_PARAMETERS = new PoolerVersion(1, 26);

    @Override
    public String id() {
        return "pooler-carried-parameters";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "No pooler carries parameters back that the source does not know.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return isUnknownToTheSource(tried)
                ? tried.running((pooler, version) -> version.isAtLeast(TRACKS_ALL_PARAMETERS)
                        ? Optional.of(pooler.finding(
                                List.of("scram_iterations"),
                                "PgBouncer %s carries scram_iterations from PostgreSQL 16 and newer back to PostgreSQL %d, which refuses it: after a rollback no client could work."
                                        .formatted(version, tried.source().major()),
                                "Use PgBouncer 1.18 to 1.25 until the upgrade is finished.",
                                "host"))
                        : Optional.empty())
                : new NotApplicable("The source knows the parameters of the target.");
    }

    private static boolean isUnknownToTheSource(TriedDraft tried) {
        return tried.source().facts().isPresent() && !reports(tried.source()) && reports(tried.target());
    }

    private static boolean reports(TriedCluster cluster) {
        return cluster.facts()
                .filter(facts -> facts.version().isAtLeast(REPORTS_SCRAM_ITERATIONS))
                .isPresent();
    }
}
