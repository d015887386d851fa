package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the entries of a pooler can be held and let go without harm. */
final class Fitness {

    private Fitness() {}

    /** A sentence that says why not. */
    static Optional<String> objection(String pooler, List<String> wanted, List<DatabaseEntry> present) {
        String missing = wanted.stream()
                .filter(name -> present.stream().noneMatch(entry -> entry.name().equals(name)))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return Optional.of("Pooler %s has no entry %s.".formatted(pooler, missing));
        }
        // A connection that PgBouncer opens for this while the entry is paused is closed at once, which counts as a
        // failed login: after RESUME clients are refused until server_login_retry (15 s) has passed.
        return present.stream()
                .filter(entry -> entry.minPoolSize() > 0)
                .findFirst()
                .map(entry ->
                        ("Entry %s of pooler %s has min_pool_size %d, with which PgBouncer refuses clients after a"
                                        + " PAUSE. Set min_pool_size = 0 for it and RELOAD.")
                                .formatted(entry.name(), pooler, entry.minPoolSize()));
    }
}
