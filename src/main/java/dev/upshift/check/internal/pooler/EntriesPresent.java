package dev.upshift.check.internal.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.internal.draft.MappedEntries;
import dev.upshift.check.internal.draft.SavingCheck;
import dev.upshift.check.internal.draft.TriedDraft;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every pooler has an entry that leads to the source, or to the target already, for each database that moves. */
public final class EntriesPresent implements SavingCheck<TriedDraft> {

    @Override
    public String id() {
        return "pooler-entries";
    }

    @Override
    public Scope scope() {
        return Scope.POOLERS;
    }

    @Override
    public String fine(TriedDraft tried) {
        return "Every database has an entry in every pooler.";
    }

    @Override
    public CheckResult look(TriedDraft tried) {
        return tried.entries(pooler ->
                pooler.mapped().flatMap(EntriesPresent::missing).stream().toList());
    }

    private static Optional<Finding> missing(MappedEntries mapped) {
        List<Entry> found = mapped.inFile();
        if (found.stream().anyMatch(Entry::fallback)) {
            return Optional.empty();
        }
        Set<String> missing = new TreeSet<>(mapped.databases());
        found.forEach(entry -> missing.remove(entry.database()));
        return missing.isEmpty() ? Optional.empty() : Optional.of(finding(mapped, List.copyOf(missing)));
    }

    private static Finding finding(MappedEntries mapped, List<String> missing) {
        List<Entry> entries = mapped.configuration().entries();
        String present = entries.isEmpty()
                ? "no entries at all"
                : Names.some(entries.stream()
                        .map(entry -> "%s → %s/%s".formatted(entry.name(), address(entry), entry.database()))
                        .toList());
        return new Finding(
                Place.at(mapped.pooler().name()),
                missing,
                "No entry in %s leads to the source at %s for database %s. It has %s."
                        .formatted(
                                mapped.path(),
                                mapped.sourceAddresses().stream()
                                        .map(Endpoint::address)
                                        .collect(Collectors.joining(" or ")),
                                Names.some(missing),
                                present),
                entries.isEmpty()
                        ? "Give the file that holds the section [databases]."
                        : "If one of these is meant, give the source's host and port as the pooler does, in peerHost and"
                                + " peerPort.");
    }

    private static String address(Entry entry) {
        return (entry.host().isEmpty() ? "Unix socket" : entry.host()) + ":" + entry.port();
    }
}
