package dev.upshift.pooler;

import dev.upshift.shared.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The text of a PgBouncer configuration that holds {@code [databases]} entries. Everything that is not changed on
 * purpose is kept to the byte: comments, order, white space, other sections.
 */
public interface PoolerConfiguration {

    String text();

    /** SHA-256 of the text, hexadecimal. */
    String hash();

    List<Entry> entries();

    /** The entries that serve one of these databases, wherever they lead; the fallback if one has no other. */
    List<Entry> entriesFor(Set<String> databases);

    /** A parameter that stands in an entry itself, such as {@code query_wait_timeout}. */
    Optional<String> parameter(String entry, String name);

    /** Names of the entries that lead to one of these databases at {@code side} (host and port). */
    List<String> entriesLeadingTo(List<Endpoint> side, Set<String> databases);

    /**
     * The configuration with the given entries leading to another host and port, everything else in them kept.
     *
     * @throws UnmappableEntry if an entry cannot be repointed (a list of hosts, {@code *}, a Unix socket …)
     */
    PoolerConfiguration repoint(List<String> entries, Endpoint to);

    /** The configuration with one more entry, a copy of {@code like} under another name, leading to {@code to}. */
    PoolerConfiguration withAlias(String like, String alias, Endpoint to);

    /** The configuration without the entries of these names, if they are there. */
    PoolerConfiguration without(List<String> entries);

    /** What would change from this to {@code next}. */
    ConfigurationDiff diff(PoolerConfiguration next);

    /** @param line from 1 */
    record Entry(String name, String host, int port, String database, int line, boolean fallback) {}

    /**
     * @param changedEntries names of entries that differ
     * @param otherChanges whether anything but entries differs
     * @param lines a readable difference, {@code -} and {@code +} in front, passwords masked
     */
    record ConfigurationDiff(List<String> changedEntries, boolean otherChanges, List<String> lines) {}

    /** An entry that Upshift must not touch blindly; the message names it, its line and the remedy. */
    final class UnmappableEntry extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnmappableEntry(String message) {
            super(message);
        }
    }
}
