package dev.upshift.dashboard.web.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people type them: {@code 1 MiB}, {@code 500 kB}, {@code 5 s}, {@code 2 min}. */
final class Quantities {

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

    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "", 1_000L, "s", 1_000L, "sec", 1_000L, "min", 60_000L, "m", 60_000L, "h", 3_600_000L);

    private Quantities() {}

    static Optional<Long> bytes(String text) {
        return number(text, SIZES);
    }

    /** Also in ISO-8601, e.g. {@code PT5S}. */
    static Optional<Duration> duration(String text) {
        if (text.startsWith("P") || text.startsWith("p")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException unreadable) {
                return Optional.empty();
            }
        }
        return number(text, MILLIS).map(Duration::ofMillis);
    }

    /** Such that {@link #bytes(String)} gives exactly the same number. */
    static String bytes(long bytes) {
        for (Unit unit : Unit.values()) {
            if (bytes >= unit.size && bytes % unit.size == 0) {
                return bytes / unit.size + " " + unit.word;
            }
        }
        return bytes + " B";
    }

    /** Such that {@link #duration(String)} gives exactly the same, down to milliseconds. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + " ms";
        }
        if (millis >= 3_600_000 && millis % 3_600_000 == 0) {
            return millis / 3_600_000 + " h";
        }
        return millis >= 60_000 && millis % 60_000 == 0 ? millis / 60_000 + " min" : millis / 1_000 + " s";
    }

    private static Optional<Long> number(String text, Map<String, Long> units) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(units.get(matcher.group(2).toLowerCase(Locale.ROOT)))
                .map(unit -> Math.round(Double.parseDouble(matcher.group(1)) * unit));
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
