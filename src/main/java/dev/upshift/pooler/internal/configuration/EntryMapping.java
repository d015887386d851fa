package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.PoolerConfiguration.UnmappableEntry;
import dev.upshift.shared.Endpoint;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which entry leads where, and which of them can be led elsewhere. */
final class EntryMapping {

    private static final Pattern ONE_HOST = Pattern.compile("[^\\s,'/@]\\S*");

    private final List<IniLine> lines;

    EntryMapping(List<IniLine> lines) {
        this.lines = lines;
    }

    static boolean leadsTo(IniLine.Entry entry, List<Endpoint> side) {
        return Stream.of(entry.host().split(","))
                .anyMatch(host -> side.stream().anyMatch(endpoint -> endpoint.isAt(host, entry.port())));
    }

    /** The connection string of an entry that can be mapped, leading to {@code to}. */
    static ConnectString pointedAt(IniLine.Entry entry, Endpoint to) {
        if (!ONE_HOST.matcher(to.host()).matches() || to.host().contains(",")) {
            throw new UnmappableEntry(
                    "%s is not one host name or address that an entry could lead to.".formatted(to.host()));
        }
        return entry.target().with("host", to.host()).with("port", Integer.toString(to.port()));
    }

    /** @throws UnmappableEntry if Upshift must not touch the entry of this name */
    IniLine.Entry mappable(String name) {
        refuseUnreadable();
        List<IniLine.Entry> found = lines.stream()
                .filter(IniLine.Entry.class::isInstance)
                .map(IniLine.Entry.class::cast)
                .filter(entry -> entry.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new UnmappableEntry("There is no entry %s in this configuration.".formatted(name));
        }
        if (found.size() > 1) {
            throw new UnmappableEntry(
                    "The entry %s stands there %d times, on lines %s; PgBouncer uses the last. Remove the others."
                            .formatted(
                                    name,
                                    found.size(),
                                    found.stream()
                                            .map(entry -> Integer.toString(entry.line()))
                                            .collect(Collectors.joining(", "))));
        }
        refuseUnmappable(found.getFirst());
        return found.getFirst();
    }

    private void refuseUnreadable() {
        lines.stream().filter(IniLine.Unreadable.class::isInstance).findFirst().ifPresent(broken -> {
            throw new UnmappableEntry(("PgBouncer cannot read line %d of this configuration and would refuse the whole"
                            + " file at RELOAD. Correct that line.")
                    .formatted(broken.line()));
        });
    }

    private static void refuseUnmappable(IniLine.Entry entry) {
        if (entry.isFallback()) {
            throw new UnmappableEntry(
                    ("The fallback entry * on line %d leads there, for any database. Write an entry of"
                                    + " its own for each database that moves.")
                            .formatted(entry.line()));
        }
        String host = entry.host();
        if (host.isEmpty() || host.startsWith("/") || host.startsWith("@")) {
            throw new UnmappableEntry(
                    "The entry %s on line %d uses a Unix socket%s. Give it the host name or address of the server."
                            .formatted(
                                    entry.name(),
                                    entry.line(),
                                    host.isEmpty() ? ", because it has no host" : " (" + host + ")"));
        }
        if (host.contains(",")) {
            throw new UnmappableEntry(
                    "The entry %s on line %d spreads its connections over several hosts (%s). Give it one."
                            .formatted(entry.name(), entry.line(), host));
        }
    }
}
