package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.shared.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A configuration in PgBouncer's own ini format. */
final class IniConfiguration implements PoolerConfiguration {

    private final String text;
    private final List<IniLine> lines;
    private final EntryMapping mapping;

    private IniConfiguration(String text) {
        this.text = text;
        this.lines = IniText.linesOf(text);
        this.mapping = new EntryMapping(lines);
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
        return entryLines().stream().map(IniLine.Entry::asSeen).toList();
    }

    @Override
    public List<Entry> entriesFor(Set<String> databases) {
        return serving(databases).map(IniLine.Entry::asSeen).toList();
    }

    @Override
    public Optional<String> parameter(String entry, String name) {
        return Optional.ofNullable(effectiveEntries().get(entry))
                .flatMap(line -> line.target().value(name));
    }

    @Override
    public List<String> entriesLeadingTo(List<Endpoint> side, Set<String> databases) {
        return serving(databases)
                .filter(entry -> EntryMapping.leadsTo(entry, side))
                .map(IniLine.Entry::name)
                .toList();
    }

    private Stream<IniLine.Entry> serving(Set<String> databases) {
        Map<String, IniLine.Entry> effective = effectiveEntries();
        return effective.values().stream()
                .filter(entry -> entry.isFallback()
                        ? fallbackServes(entry, databases, effective.keySet())
                        : databases.contains(entry.database()));
    }

    /** The fallback serves every name that has no entry of its own, and leads to that name unless it says otherwise. */
    private static boolean fallbackServes(IniLine.Entry fallback, Set<String> databases, Set<String> explicit) {
        return fallback.target()
                .value("dbname")
                .map(databases::contains)
                .orElseGet(() -> !explicit.containsAll(databases));
    }

    @Override
    public PoolerConfiguration repoint(List<String> entries, Endpoint to) {
        StringBuilder changed = new StringBuilder(text);
        // From the end, so that what is still to be changed stays where it was.
        entries.stream()
                .distinct()
                .map(mapping::mappable)
                .sorted(Comparator.comparingInt(IniLine.Entry::valueStart).reversed())
                .forEach(entry -> changed.replace(
                        entry.valueStart(),
                        entry.valueEnd(),
                        EntryMapping.pointedAt(entry, to).toString()));
        return new IniConfiguration(changed.toString());
    }

    @Override
    public PoolerConfiguration withAlias(String like, String alias, Endpoint to) {
        if (effectiveEntries().containsKey(alias)) {
            throw new UnmappableEntry("There is an entry %s already. Remove it first.".formatted(alias));
        }
        IniLine.Entry original = mapping.mappable(like);
        // The database's name defaults to the entry's, which the alias does not share.
        ConnectString target = EntryMapping.pointedAt(original, to).with("dbname", original.database());
        int end = text.indexOf('\n', original.valueEnd());
        String lineEnd = end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : "\n";
        String added = IniText.key(alias) + " = " + target + lineEnd;
        return new IniConfiguration(
                end < 0
                        ? text + lineEnd + added
                        : new StringBuilder(text).insert(end + 1, added).toString());
    }

    @Override
    public PoolerConfiguration without(List<String> entries) {
        StringBuilder changed = new StringBuilder(text);
        entryLines().reversed().stream()
                .filter(entry -> entries.contains(entry.name()))
                .forEach(entry -> changed.delete(lineStart(entry), lineEnd(entry)));
        return new IniConfiguration(changed.toString());
    }

    /** The white space before the entry goes too, but not a section that is opened on the same line. */
    int lineStart(IniLine.Entry entry) {
        int start = text.lastIndexOf('\n', entry.keyStart()) + 1;
        return text.substring(start, entry.keyStart()).isBlank() ? start : entry.keyStart();
    }

    int lineEnd(IniLine.Entry entry) {
        int end = text.indexOf('\n', entry.valueEnd());
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

    /** By name; of several lines with one name PgBouncer uses the last. */
    private Map<String, IniLine.Entry> effectiveEntries() {
        Map<String, IniLine.Entry> effective = new LinkedHashMap<>();
        entryLines().forEach(entry -> effective.put(entry.name(), entry));
        return effective;
    }
}
