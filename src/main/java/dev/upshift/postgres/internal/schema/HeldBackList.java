package dev.upshift.postgres.internal.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Entries of an archive that are built after the data, each with the name of its object as {@link HeldBackObject} has
 * it. The name is empty for entries that can be repeated at no cost, such as comments. Written as a list for
 * {@code pg_restore --use-list}, which takes the number and no notice of what follows the semicolon.
 *
 * @param names by the entry's id, in the order of the archive
 */
record HeldBackList(Map<Integer, String> names) {

    private static final Pattern LINE = Pattern.compile("(\\d+); ?(.*)");

    static HeldBackList parse(String text) {
        Map<Integer, String> names = new LinkedHashMap<>();
        text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> names.put(Integer.valueOf(line.group(1)), line.group(2)));
        return new HeldBackList(names);
    }

    /** Without the objects that are there already. */
    HeldBackList without(Set<String> complete) {
        return new HeldBackList(names.entrySet().stream()
                .filter(entry -> !complete.contains(entry.getValue()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one, LinkedHashMap::new)));
    }

    /** The named objects. */
    Collection<String> objects() {
        return names.values().stream().filter(name -> !name.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return names.entrySet().stream()
                .map(entry -> entry.getKey() + "; " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
