package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.MappedEntries;
import dev.upshift.check.internal.draft.RunningPooler;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.shared.Names;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The running pooler has the entries as its configuration shows them: it reads no other one, and was reloaded since. */
public final class EntriesRunning implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pooler-entries-running";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Every pooler runs what its configuration shows.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return tried.entries(pooler -> pooler.mapped().stream()
                .flatMap(mapped -> pooler.running().flatMap(running -> stale(mapped, running)).stream())
                .toList());
    }

    private static Optional<Finding> stale(MappedEntries mapped, RunningPooler running) {
        List<String> stale = mapped.inFile().stream()
                .filter(entry -> !entry.fallback())
                .filter(entry -> running.entry(entry.name())
                        .filter(shown -> isSame(shown, entry))
                        .isEmpty())
                .map(Entry::name)
                .toList();
        return stale.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Place.at(mapped.pooler().name()),
                        stale,
                        "The running pooler does not have the %s %s as %s in %s."
                                .formatted(
                                        stale.size() == 1 ? "entry" : "entries",
                                        Names.some(stale),
                                        stale.size() == 1 ? "it stands" : "they stand",
                                        mapped.path()),
                        "RELOAD it, and check that this is the file it reads."));
    }

    private static boolean isSame(DatabaseEntry shown, Entry entry) {
        return shown.port() == entry.port()
                && Objects.requireNonNullElse(shown.host(), "").equals(entry.host())
                && shown.database().equals(entry.database());
    }
}
