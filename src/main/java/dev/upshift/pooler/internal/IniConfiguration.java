package dev.upshift.pooler.internal;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.shared.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration in PgBouncer's own ini format. */
final class IniConfiguration implements PoolerConfiguration {

    /** PgBouncer's default for an entry without a port (PgBouncer documentation, "port"). */
    private static final int DEFAULT_PORT = 5432;

    private final String text;
    private final List<IniLine> lines;

    private IniConfiguration(String text) {
        this.text = text;
        this.lines = IniText.linesOf(text);
    }

    static IniConfiguration of(String text) {
        return new IniConfiguration(text);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public List<Entry> entries() {
        return entryLines().stream().map(IniConfiguration::entry).toList();
    }

    @Override
    public List<String> entriesLeadingTo(List<Endpoint> side, Set<String> databases) {
        return effectiveLines().values().stream()
                .map(IniConfiguration::entry)
                .filter(entry -> leadsTo(entry, side))
                .filter(entry -> entry.fallback() || databases.contains(entry.database()))
                .map(Entry::name)
                .toList();
    }

    @Override
    public PoolerConfiguration repoint(List<String> entries, Endpoint to) {
        StringBuilder changed = new StringBuilder(text);
        entries.stream()
                .distinct()
                .map(this::mappable)
                .sorted(Comparator.comparingInt(IniLine.Entry::valueStart).reversed())
                .forEach(line -> changed.replace(line.valueStart(), line.valueEnd(), pointedAt(line, to)));
        return new IniConfiguration(changed.toString());
    }

    @Override
    public PoolerConfiguration withAlias(String like, String alias, Endpoint to) {
        if (effectiveLines().containsKey(alias)) {
            throw new UnmappableEntry("There is an entry %s already. Remove it first.".formatted(alias));
        }
        IniLine.Entry original = mappable(like);
        String value = pointedAt(original, to);
        // The database's name defaults to the entry's, which the alias does not share.
        ConnectString target = ConnectString.parse(value).orElseThrow();
        if (target.value("dbname").isEmpty()) {
            value = target.with("dbname", original.name()).toString();
        }
        int end = text.indexOf('\n', original.valueEnd());
        String lineEnd = end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
        String added = alias + " = " + value + lineEnd;
        return new IniConfiguration(
                end < 0
                        ? text + lineEnd + added
                        : new StringBuilder(text).insert(end + 1, added).toString());
    }

    @Override
    public PoolerConfiguration without(List<String> entries) {
        StringBuilder changed = new StringBuilder(text);
        entryLines().reversed().stream()
                .filter(line -> entries.contains(line.name()))
                .forEach(line -> changed.delete(lineStart(line), lineEnd(line)));
        return new IniConfiguration(changed.toString());
    }

    private int lineStart(IniLine.Entry line) {
        return text.lastIndexOf('\n', line.keyStart()) + 1;
    }

    private int lineEnd(IniLine.Entry line) {
        int end = text.indexOf('\n', line.valueEnd());
        return end < 0 ? text.length() : end + 1;
    }

    @Override
    public ConfigurationDiff diff(PoolerConfiguration next) {
        return ConfigurationComparison.between(this, IniConfiguration.of(next.text()));
    }

    List<IniLine.Entry> entryLines() {
        return lines.stream()
                .filter(IniLine.Entry.class::isInstance)
                .map(IniLine.Entry.class::cast)
                .toList();
    }

    /** The entry's line, if Upshift may change it. */
    private IniLine.Entry mappable(String name) {
        lines.stream().filter(IniLine.Unreadable.class::isInstance).findFirst().ifPresent(broken -> {
            throw new UnmappableEntry(
                    "PgBouncer cannot read line %d of this configuration, so it would refuse".formatted(broken.line())
                            + " the whole file at RELOAD. Correct that line.");
        });
        List<IniLine.Entry> found =
                entryLines().stream().filter(line -> line.name().equals(name)).toList();
        if (found.isEmpty()) {
            throw new UnmappableEntry("There is no entry %s in this configuration.".formatted(name));
        }
        if (found.size() > 1) {
            throw new UnmappableEntry(
                    "The entry %s stands there %d times, on lines %s; PgBouncer uses the last. Remove the others."
                            .formatted(
                                    name,
                                    found.size(),
                                    found.stream().map(line -> "" + line.line()).collect(Collectors.joining(", "))));
        }
        IniLine.Entry line = found.getFirst();
        refuseUnmappable(line);
        return line;
    }

    private static void refuseUnmappable(IniLine.Entry line) {
        if (line.isFallback()) {
            throw new UnmappableEntry(
                    ("The fallback entry * on line %d leads there, for any database. Write an entry of"
                                    + " its own for each database that moves.")
                            .formatted(line.line()));
        }
        ConnectString target = ConnectString.parse(line.value())
                .orElseThrow(() -> new UnmappableEntry("PgBouncer cannot read the entry %s on line %d. Correct it."
                        .formatted(line.name(), line.line())));
        String host = target.value("host").orElse("");
        if (host.isEmpty() || host.startsWith("/") || host.startsWith("@")) {
            throw new UnmappableEntry(
                    ("The entry %s on line %d uses a Unix socket%s. Give it the host name or address of"
                                    + " the server.")
                            .formatted(
                                    line.name(),
                                    line.line(),
                                    host.isEmpty() ? ", because it has no host" : " (" + host + ")"));
        }
        if (host.contains(",")) {
            throw new UnmappableEntry(
                    "The entry %s on line %d spreads its connections over several hosts (%s). Give it one."
                            .formatted(line.name(), line.line(), host));
        }
    }

    private static String pointedAt(IniLine.Entry line, Endpoint to) {
        return ConnectString.parse(line.value())
                .orElseThrow()
                .with("host", to.host())
                .with("port", Integer.toString(to.port()))
                .toString();
    }

    /** By name; of several lines with one name PgBouncer uses the last. */
    private Map<String, IniLine.Entry> effectiveLines() {
        Map<String, IniLine.Entry> effective = new LinkedHashMap<>();
        entryLines().forEach(line -> effective.put(line.name(), line));
        return effective;
    }

    private static Entry entry(IniLine.Entry line) {
        ConnectString target = ConnectString.parse(line.value())
                .orElseGet(() -> ConnectString.parse("").orElseThrow());
        return new Entry(
                line.name(),
                target.value("host").orElse(""),
                target.value("port").map(IniConfiguration::port).orElse(DEFAULT_PORT),
                target.value("dbname").orElse(line.name()),
                line.line(),
                line.isFallback());
    }

    /** As C's {@code atoi}: the digits in front; zero, which no server listens on, without any. */
    private static int port(String text) {
        String digits = text.replaceFirst("^\\s*\\+?(\\d{0,9}).*$", "$1");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static boolean leadsTo(Entry entry, List<Endpoint> side) {
        return side.stream()
                .anyMatch(endpoint -> endpoint.port() == entry.port()
                        && Set.of(entry.host().toLowerCase(Locale.ROOT).split(","))
                                .contains(endpoint.host().toLowerCase(Locale.ROOT)));
    }
}
