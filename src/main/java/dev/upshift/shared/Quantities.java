package dev.upshift.shared;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * Sizes and durations as people type them: {@code 1 MiB}, {@code 500 kB}, {@code 5 s}, {@code 2 min}. Units of durations
 * are Spring Boot's; of sizes not, because its {@code DataSize} knows no binary multiples by their names and takes
 * {@code 1MB} for one.
 */
public final class Quantities {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*([A-Za-z]*)");

    private static final Map<String, Long> SIZES = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            1L << 10,
            "mib",
            1L << 20,
            "gib",
            1L << 30);

    /** What people write besides the units that Spring Boot knows. */
    private static final Map<String, String> OTHER_UNITS = Map.of("", "s", "sec", "s", "min", "m");

    private Quantities() {}

    public static Optional<Long> bytes(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.ofNullable(SIZES.get(unit(matcher))).map(unit -> Math.round(number(matcher) * unit))
                : Optional.empty();
    }

    /** Also in ISO-8601, e.g. {@code PT5S}. */
    public static Optional<Duration> duration(String text) {
        Matcher matcher = TEXT.matcher(text);
        try {
            return Optional.of(
                    matcher.matches()
                            ? Duration.ofMillis(Math.round(
                                    number(matcher) * one(unit(matcher)).toMillis()))
                            : DurationStyle.ISO8601.parse(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Duration one(String unit) {
        return DurationStyle.SIMPLE.parse("1" + OTHER_UNITS.getOrDefault(unit, unit));
    }

    private static String unit(Matcher matcher) {
        return matcher.group(2).toLowerCase(Locale.ROOT);
    }

    private static double number(Matcher matcher) {
        return Double.parseDouble(matcher.group(1));
    }

    /** Such that {@link #bytes(String)} gives exactly the same number. */
    public static String bytes(long bytes) {
        for (Unit unit : Unit.values()) {
            if (bytes >= unit.size && bytes % unit.size == 0) {
                return bytes / unit.size + " " + unit.word;
            }
        }
        return bytes + " B";
    }

    /** Such that {@link #duration(String)} gives exactly the same, down to milliseconds. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + " ms";
        }
        if (millis >= 3_600_000 && millis % 3_600_000 == 0) {
            return millis / 3_600_000 + " h";
        }
        return millis >= 60_000 && millis % 60_000 == 0 ? millis / 60_000 + " min" : millis / 1_000 + " s";
    }

    private enum Unit {
        GIB("GiB", 1L << 30),
        GB("GB", 1_000_000_000),
        MIB("MiB", 1L << 20),
        MB("MB", 1_000_000),
        KIB("KiB", 1L << 10),
        KB("kB", 1_000);

        private final String word;
        private final long size;

        Unit(String word, long size) {
            this.word = word;
            this.size = size;
        }
    }
}
