package dev.upshift.check.internal.draft;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of PgBouncer, as far as it matters: 1.18. */
public record PoolerVersion(int major, int minor) implements Comparable<PoolerVersion> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");

    public static Optional<PoolerVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new PoolerVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    public boolean isAtLeast(PoolerVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(PoolerVersion other) {
        return Comparator.comparingInt(PoolerVersion::major)
                .thenComparingInt(PoolerVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
