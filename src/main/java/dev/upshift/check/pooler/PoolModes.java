package dev.upshift.check.pooler;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.shared.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which entries of a pooler are pooled by session, where PAUSE waits until clients disconnect by themselves. */
public final class PoolModes {

    private static final String SESSION = "session";

    private final String pooler;
    private final String everybodys;
    private final List<Pool> pools;

    /**
     * @param pooler its name
     * @param config its {@code SHOW CONFIG}
     * @param pools its {@code SHOW POOLS}; a user who has never come through an entry is not in there
     */
    public PoolModes(String pooler, Map<String, String> config, List<Pool> pools) {
        this.pooler = pooler;
        this.everybodys = config.getOrDefault("pool_mode", SESSION);
        this.pools = List.copyOf(pools);
    }

    /** One finding for all entries whose clients are the same ones: everybody, or the users with a mode of their own. */
    public List<Finding> bySession(List<DatabaseEntry> entries) {
        Map<String, List<String>> byUsers = entries.stream()
                .filter(entry -> whose(entry).isPresent())
                .collect(Collectors.groupingBy(
                        entry -> whose(entry).orElseThrow(),
                        LinkedHashMap::new,
                        Collectors.mapping(DatabaseEntry::name, Collectors.toList())));
        return byUsers.entrySet().stream()
                .map(found -> finding(found.getValue(), found.getKey()))
                .toList();
    }

    /** To follow the setting: nothing for everybody. A user's own mode goes before the entry's. */
    private Optional<String> whose(DatabaseEntry entry) {
        String own = Objects.requireNonNullElse(entry.poolMode(), "");
        if ((own.isEmpty() ? everybodys : own).equals(SESSION)) {
            return Optional.of("");
        }
        List<String> users = pools.stream()
                .filter(pool ->
                        pool.database().equals(entry.name()) && pool.poolMode().equals(SESSION))
                .map(Pool::user)
                .distinct()
                .toList();
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(" for the user " + Names.some(users) + " (section [users])");
    }

    private Finding finding(List<String> entries, String whose) {
        return new Finding(
                Place.at(pooler),
                entries,
                "pool_mode = session is used for %s%s, where PAUSE waits for clients to disconnect."
                        .formatted(Names.some(entries), whose),
                "Set pool_mode = transaction there, once you know that the application can live with it, and RELOAD.");
    }
}
