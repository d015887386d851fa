package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.MappedEntries;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.pooler.PoolerConfiguration.UnmappableEntry;
import java.util.List;
import java.util.Optional;

/** Every entry that would be moved can be led elsewhere: it has one host, and a line of its own that PgBouncer can read. */
public final class EntriesMappable implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pooler-entries-mappable";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Every mapped entry can be led to the target.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return tried.entries(pooler ->
                pooler.mapped().flatMap(EntriesMappable::unmappable).stream().toList());
    }

    private static Optional<Finding> unmappable(MappedEntries mapped) {
        try {
            mapped.configuration().repoint(mapped.names(), mapped.target().peer());
            return Optional.empty();
        } catch (UnmappableEntry e) {
            return Optional.of(Finding.told(
                    Place.at(mapped.pooler().name()),
                    List.of(mapped.path()),
                    "In %s: %s".formatted(mapped.path(), e.getMessage())));
        }
    }
}
