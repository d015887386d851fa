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

    /**
     * Whose clients of the entry are pooled by session, to follow the setting: nothing for everybody's, by the entry's own
     * mode or the default, else the users that have a mode of their own and have come through the entry.
     */
    Optional<String> sessionPooling(DatabaseEntry entry) {
        String own = Objects.requireNonNullElse(entry.poolMode(), "");
        if ((own.isEmpty() ? poolMode : own).equals("session")) {
            return Optional.of("");
        }
        return pools.stream()
                .filter(pool ->
                        pool.database().equals(entry.name()) && pool.poolMode().equals("session"))
                .map(pool -> " for the user " + pool.user() + " (section [users])")
                .findFirst();
    }
}
