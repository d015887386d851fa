package dev.upshift.dashboard.web;

import dev.upshift.shared.ByteCount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes numbers, durations and times as people read them. Figures and their
 * units stay on one line: a narrow no-break space stands between them. What is not known is a dash.
 */
@Component
public class Figures {

    /** U+202F. */
    private static final char THIN = '\u202F';

    private static final String UNKNOWN = "–";
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Clock clock;

    public Figures(Clock clock) {
        this.clock = clock;
    }

    /** Decimal multiples, e.g. {@code 1.4 MB}. */
    public String bytes(@Nullable Long bytes) {
        return bytes == null ? UNKNOWN : new ByteCount(bytes).toString().replace(' ', THIN);
    }

    /** With thin separators, e.g. {@code 12 345}. */
    public String count(@Nullable Number number) {
        return number == null
                ? UNKNOWN
                : String.format(Locale.ROOT, "%,d", number.longValue()).replace(',', THIN);
    }

    /** In words of a sentence, e.g. {@code 1 table}, {@code 12 345 tables}. */
    public String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** In the unit a person would choose: {@code 2.4 ms}, {@code 116 ms}, {@code 3.2 s}, {@code 4 min}, {@code 5 h}. */
    public String duration(@Nullable Duration duration) {
        return duration == null ? UNKNOWN : micros(duration.toNanos() / 1000);
    }

    public String millis(@Nullable Long millis) {
        return millis == null ? UNKNOWN : micros(millis * 1000);
    }

    public String micros(@Nullable Long micros) {
        if (micros == null) {
            return UNKNOWN;
        }
        if (micros == 0) {
            return "0" + THIN + "ms";
        }
        if (micros < 100) {
            return "<" + THIN + "0.1" + THIN + "ms";
        }
        if (micros < 9_950) {
            return decimal(micros / 1e3) + THIN + "ms";
        }
        if (micros < 999_500) {
            return Math.round(micros / 1e3) + "" + THIN + "ms";
        }
        if (micros < 59_950_000) {
            return decimal(micros / 1e6) + THIN + "s";
        }
        long minutes = Math.round(micros / 60e6);
        if (minutes < 60) {
            return minutes + "" + THIN + "min";
        }
        if (minutes < 48 * 60) {
            return minutes / 60 + "" + THIN + "h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + THIN + "min");
        }
        return Math.round(minutes / 1440.0) + " days";
    }

    /** From 0 to 100, e.g. {@code 73 %}; 100 only when it is whole. */
    public String percent(double fraction) {
        return (int) Math.floor(Math.clamp(fraction, 0, 1) * 100) + "" + THIN + "%";
    }

    /** How long ago, e.g. {@code 12 s ago}. */
    public String age(Instant instant) {
        Duration age = Duration.between(instant, clock.instant());
        if (age.toSeconds() < 60) {
            return Math.max(0, age.toSeconds()) + "" + THIN + "s ago";
        }
        if (age.toMinutes() < 60) {
            return age.toMinutes() + "" + THIN + "min ago";
        }
        return age.toHours() < 48 ? age.toHours() + "" + THIN + "h ago" : age.toDays() + " days ago";
    }

    /** The full time in UTC, for tooltips. */
    public String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** The time of a day that is today, else with its day; in UTC, until the browser puts it into the reader's zone. */
    public String time(Instant instant) {
        boolean today = Duration.between(instant, clock.instant()).abs().toHours() < 12;
        return (today ? CLOCK : DAY).format(instant);
    }

    /** The control plane's own time. */
    public Instant now() {
        return clock.instant();
    }

    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return value == Math.rint(value) ? text.substring(0, text.length() - 2) : text;
    }
}
