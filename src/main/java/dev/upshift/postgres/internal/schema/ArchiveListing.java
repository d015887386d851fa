package dev.upshift.postgres.internal.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code pg_restore --list --verbose} writes, line by line. */
final class ArchiveListing implements Consumer<String> {

    private static final Pattern ENTRY = Pattern.compile("(\\d+); (\\d+) (\\d+) (.*)");
    private static final Pattern DEPENDENCIES = Pattern.compile(";\\s+depends on:( \\d[ \\d]*)");

    private final List<ArchiveEntry> entries = new ArrayList<>();

    @Override
    public void accept(String line) {
        Matcher entry = ENTRY.matcher(line);
        Matcher dependencies = DEPENDENCIES.matcher(line);
        if (entry.matches()) {
            entries.add(new ArchiveEntry(
                    Integer.parseInt(entry.group(1)),
                    Long.parseLong(entry.group(2)),
                    Long.parseLong(entry.group(3)),
                    entry.group(4),
                    List.of()));
        } else if (dependencies.matches() && !entries.isEmpty()) {
            entries.add(entries.removeLast().dependingOn(ids(dependencies.group(1))));
        }
    }

    /** All entries in the order in which they are restored. */
    List<ArchiveEntry> entries() {
        return List.copyOf(entries);
    }

    private static List<Integer> ids(String text) {
        return Arrays.stream(text.strip().split(" +")).map(Integer::valueOf).toList();
    }
}
