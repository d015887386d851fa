package dev.upshift.check.internal;

import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerConfiguration.UnmappableEntry;
import dev.upshift.shared.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the entries in a pooler's configuration file can be led elsewhere, and whether all are known. */
final class FileEntryRules {

    /** How many entries a message names; a configuration may hold thousands. */
    private static final int NAMED = 5;

    private final MappedEntries mapped;

    FileEntryRules(MappedEntries mapped) {
        this.mapped = mapped;
    }

    Stream<String> complaints() {
        return Stream.of(missing(), unmappable()).flatMap(Optional::stream);
    }

    /** Databases that no entry leads to. */
    private Optional<String> missing() {
        List<Entry> found = mapped.inFile();
        if (found.stream().anyMatch(Entry::fallback)) {
            return Optional.empty();
        }
        Set<String> missing = new TreeSet<>(mapped.databases());
        found.forEach(entry -> missing.remove(entry.database()));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("No entry in %s leads to the source at %s for database %s. %s"
                .formatted(
                        mapped.path(),
                        mapped.sourceAddresses().stream().map(Endpoint::address).collect(Collectors.joining(" or ")),
                        String.join(", ", missing),
                        present()));
    }

    private String present() {
        List<Entry> entries = mapped.configuration().entries();
        if (entries.isEmpty()) {
            return "It has no entries at all; give the file that holds the section [databases].";
        }
        String named = entries.stream()
                .limit(NAMED)
                .map(entry -> "%s → %s/%s".formatted(entry.name(), address(entry), entry.database()))
                .collect(Collectors.joining(", "));
        return ("It has %s%s. If one of these is meant, give the source's host and port as the pooler does, in peerHost"
                        + " and peerPort.")
                .formatted(named, entries.size() > NAMED ? " and " + (entries.size() - NAMED) + " more" : "");
    }

    private static String address(Entry entry) {
        return (entry.host().isEmpty() ? "Unix socket" : entry.host()) + ":" + entry.port();
    }

    private Optional<String> unmappable() {
        try {
            mapped.configuration().repoint(mapped.names(), mapped.target().peer());
            return Optional.empty();
        } catch (UnmappableEntry e) {
            return Optional.of("In %s: %s".formatted(mapped.path(), e.getMessage()));
        }
    }
}
