package dev.upshift.check.internal.entry;

import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An entry for a database that moves, wherever it leads.
 *
 * @param host empty, a path or an abstract name for a Unix socket; may be a list
 */
record Candidate(String name, String host, int port, String database, boolean fallback) {

    static Candidate of(Entry entry) {
        return new Candidate(entry.name(), entry.host(), entry.port(), entry.database(), entry.fallback());
    }

    static Candidate of(DatabaseEntry entry) {
        return new Candidate(
                entry.name(), Objects.requireNonNullElse(entry.host(), ""), entry.port(), entry.database(), false);
    }

    static boolean isSocket(String host) {
        return host.isEmpty() || host.startsWith("/") || host.startsWith("@");
    }

    /** The host, or those of a list. */
    Stream<String> hosts() {
        return Arrays.stream(host.split(",", -1)).map(String::strip);
    }

    /** For messages. */
    String address() {
        return isSocket(host) ? "a Unix socket, port " + port : host + ":" + port;
    }
}
