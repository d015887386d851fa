package dev.upshift.check.internal.draft;

import dev.upshift.check.Finding;
import dev.upshift.check.pooler.PoolModes;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pooler's console shows.
 *
 * @param version as in {@code 1.18.0}
 */
public record RunningPooler(String version, Map<String, String> config, List<DatabaseEntry> entries, List<Pool> pools) {

    public static RunningPooler seenOn(PoolerConsole console) {
        return new RunningPooler(console.version(), console.config(), console.databases(), console.pools());
    }

    public Optional<DatabaseEntry> entry(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Those of its entries that would be moved. */
    public List<DatabaseEntry> shown(MappedEntries mapped) {
        return entries.stream().filter(entry -> mapped.has(entry.name())).toList();
    }

    /** Which of those are pooled by session. */
    public List<Finding> sessionPooling(MappedEntries mapped) {
        return new PoolModes(mapped.pooler().name(), config, pools).bySession(shown(mapped));
    }
}
