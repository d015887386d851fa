package dev.upshift.postgres.internal.schema;

import dev.upshift.shared.PostgresVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of our lists of entries, a comment to {@code pg_restore}. It says which server the archive is from,
 * so that the same programs are chosen for reading it as for writing it.
 */
final class ListHeader {

    private static final Pattern LINE = Pattern.compile("\\A; from server version (\\d+)\\R");

    private ListHeader() {}

    static String of(PostgresVersion source) {
        return "; from server version " + source.number() + "\n";
    }

    /** @throws IllegalArgumentException if the list is none of ours */
    static PostgresVersion source(String list) {
        Matcher line = LINE.matcher(list);
        if (!line.find()) {
            throw new IllegalArgumentException("A list of archive entries without its first line");
        }
        return new PostgresVersion(Integer.parseInt(line.group(1)));
    }
}
