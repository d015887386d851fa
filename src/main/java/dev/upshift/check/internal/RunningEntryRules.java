package dev.upshift.check.internal;

import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the running pooler has the entries that its configuration file shows, and can hold their clients. */
final class RunningEntryRules {

    private final MappedEntries mapped;
    private final RunningPooler running;

    RunningEntryRules(MappedEntries mapped, RunningPooler running) {
        this.mapped = mapped;
        this.running = running;
    }

    Stream<String> complaints() {
        return Stream.of(stale(), sessionPooling(), minimumOfConnections()).flatMap(Optional::stream);
    }

    /** Entries that the running pooler has otherwise: it reads another file, or was not reloaded since. */
    private Optional<String> stale() {
        return mapped.inFile().stream()
                .filter(entry -> !entry.fallback())
                .filter(entry -> running.entry(entry.name())
                        .filter(shown -> isSame(shown, entry))
                        .isEmpty())
                .findFirst()
                .map(entry ->
                        ("The running pooler %s does not have the entry %s as it stands in %s. RELOAD it, and check that"
                                        + " this is the file it reads.")
                                .formatted(pooler(), entry.name(), mapped.path()));
    }

    private static boolean isSame(DatabaseEntry shown, Entry entry) {
        return shown.port() == entry.port()
                && Objects.requireNonNullElse(shown.host(), "").equals(entry.host())
                && shown.database().equals(entry.database());
    }

    private Optional<String> sessionPooling() {
        return shown().flatMap(entry -> running.sessionPooling(entry).stream()
                        .map(who -> ("Entry %s of pooler %s uses pool_mode = session%s, where PAUSE waits until clients"
                                        + " disconnect. Use pool_mode = transaction.")
                                .formatted(entry.name(), pooler(), who)))
                .findFirst();
    }

    private Optional<String> minimumOfConnections() {
        return shown().filter(entry -> entry.minPoolSize() > 0)
                .findFirst()
                .map(entry ->
                        ("Entry %s of pooler %s has min_pool_size = %d, with which PgBouncer refuses clients after a"
                                        + " PAUSE. Set it to 0 for the time of the upgrade, and RELOAD.")
                                .formatted(entry.name(), pooler(), entry.minPoolSize()));
    }

    private Stream<DatabaseEntry> shown() {
        return running.entries().stream().filter(entry -> mapped.has(entry.name()));
    }

    private String pooler() {
        return mapped.pooler().name();
    }
}
