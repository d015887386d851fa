package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.route.PoolerChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a pooler looks up passwords that it does not know, through an entry that moves.
 *
 * @param database where the query runs
 * @param user as whom it runs ({@code auth_user})
 * @param query {@code auth_query}
 */
record Lookup(PoolerAddress pooler, String database, String user, String query) {

    /**
     * Those that a switch moves to another server. An entry's own settings go before those of the pooler. One that runs
     * through an entry that does not move ({@code auth_dbname}) asks the same server as before.
     *
     * @param config the pooler's {@code SHOW CONFIG}
     */
    static List<Lookup> of(PoolerChange change, Map<String, String> config) {
        return change.entries().stream()
                .flatMap(entry -> of(change, entry, config).stream())
                .distinct()
                .toList();
    }

    private static Optional<Lookup> of(PoolerChange change, String entry, Map<String, String> config) {
        String user = setting(change.current(), entry, "auth_user", config);
        String elsewhere = setting(change.current(), entry, "auth_dbname", config);
        String through = elsewhere.isEmpty() ? entry : elsewhere;
        if (user.isEmpty() || !change.entries().contains(through)) {
            return Optional.empty();
        }
        return database(change.current(), through)
                .map(database -> new Lookup(
                        change.pooler(), database, user, setting(change.current(), entry, "auth_query", config)));
    }

    private static String setting(PoolerConfiguration file, String entry, String name, Map<String, String> config) {
        return file.parameter(entry, name).orElseGet(() -> config.getOrDefault(name, ""));
    }

    private static Optional<String> database(PoolerConfiguration file, String name) {
        Stream<Entry> named =
                file.entries().stream().filter(entry -> entry.name().equals(name));
        return named.map(Entry::database).findFirst();
    }
}
