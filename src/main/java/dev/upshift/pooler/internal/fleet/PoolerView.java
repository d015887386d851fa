package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerUnreachable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What one pooler says about the entries that are held there. */
final class PoolerView {

    private final Set<String> entries;
    private final ConsoleLine line;

    PoolerView(List<String> entries, ConsoleLine line) {
        this.entries = Set.copyOf(entries);
        this.line = line;
    }

    List<DatabaseEntry> databases() {
        return ask(console -> console.databases().stream()
                .filter(entry -> entries.contains(entry.name()))
                .toList());
    }

    List<ServerConnection> servers() {
        return ask(console -> console.servers().stream()
                .filter(connection -> entries.contains(connection.entry()))
                .toList());
    }

    /** One per entry and user. */
    List<Pool> pools() {
        return ask(console -> console.pools().stream()
                .filter(pool -> entries.contains(pool.database()))
                .toList());
    }

    int serversActive() {
        return pools().stream().mapToInt(Pool::serversActive).sum();
    }

    Calm.Look look() {
        List<Pool> pools = pools();
        return new Calm.Look(
                pools.stream().allMatch(pool -> pool.serversLoggingIn() == 0),
                pools.stream()
                        .mapToInt(pool -> pool.serversActive() + pool.clientsWaiting())
                        .sum());
    }

    /** A question may be asked twice: once more on a new console where the first was lost. */
    private <T> T ask(Function<PoolerConsole, T> question) {
        try {
            return line.ask(question);
        } catch (PoolerUnreachable lost) {
            return line.ask(question);
        }
    }
}
