package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.MappedEntries;
import dev.upshift.check.internal.draft.RunningPooler;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.shared.Names;
import java.util.List;
import java.util.Optional;

/** No entry that would be moved keeps a minimum of connections, which a PAUSE would take away from clients for good. */
public final class MinimalPools implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pooler-min-pool-size";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "No mapped entry has a min_pool_size.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return tried.entries(pooler -> pooler.mapped().stream()
                .flatMap(mapped -> pooler.running().flatMap(running -> eager(mapped, running)).stream())
                .toList());
    }

    private static Optional<Finding> eager(MappedEntries mapped, RunningPooler running) {
        List<DatabaseEntry> eager = running.shown(mapped).stream()
                .filter(entry -> entry.minPoolSize() > 0)
                .toList();
        return eager.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.at(mapped.pooler().name()),
                        eager.stream().map(DatabaseEntry::name).toList(),
                        "PgBouncer refuses clients of these entries after a PAUSE: %s."
                                .formatted(Names.some(eager.stream()
                                        .map(entry ->
                                                "%s (min_pool_size = %d)".formatted(entry.name(), entry.minPoolSize()))
                                        .toList())),
                        "Set min_pool_size to 0 for the time of the upgrade, and RELOAD."));
    }
}
