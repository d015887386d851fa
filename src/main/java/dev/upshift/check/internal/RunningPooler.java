package dev.upshift.check.internal;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pooler's console shows.
 *
 * @param poolMode the default one
 */
record RunningPooler(String version, String poolMode, List<DatabaseEntry> entries, List<Pool> pools) {

    static RunningPooler seenOn(PoolerConsole console) {
        return new RunningPooler(
                console.version(),
                console.config().getOrDefault("pool_mode", "session"),
                console.databases(),
                console.pools());
    }

    Optional<DatabaseEntry> entry(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Whether any client of the entry is pooled by session: by its own setting, the default, or its user's. */
    boolean poolsBySession(DatabaseEntry entry) {
        String own = Objects.requireNonNullElse(entry.poolMode(), "");
        return (own.isEmpty() ? poolMode : own).equals("session")
                || pools.stream()
                        .anyMatch(pool -> pool.database().equals(entry.name())
                                && pool.poolMode().equals("session"));
    }
}
