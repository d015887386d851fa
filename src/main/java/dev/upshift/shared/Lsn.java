package dev.upshift.shared;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a write-ahead log, as {@code pg_lsn}: an unsigned 64-bit byte offset, written as two hexadecimal
 * halves such as {@code 0/17D26910}.
 */
public record Lsn(long value) implements Comparable<Lsn> {

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /** @throws IllegalArgumentException if the text is not in PostgreSQL's form */
    public static Lsn parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a log position (expected like 0/17D26910): " + text);
        }
        return new Lsn(Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16));
    }

    /** Bytes from {@code earlier} to this position; zero when {@code earlier} is not behind. */
    public ByteCount since(Lsn earlier) {
        return new ByteCount(isAtLeast(earlier) ? value - earlier.value : 0);
    }

    public boolean isAtLeast(Lsn other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(value >>> 32, value & 0xFFFFFFFFL);
    }
}
