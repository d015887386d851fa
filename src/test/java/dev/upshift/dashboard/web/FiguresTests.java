package dev.upshift.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:40:45Z");

    private final Figures figures = new Figures(Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "40, < 0.1 ms",
        "640, 0.6 ms",
        "2400, 2.4 ms",
        "9960, 10 ms",
        "116000, 116 ms",
        "999400, 999 ms",
        "999600, 1.0 s",
        "3240000, 3.2 s",
        "5000000, 5 s",
        "59960000, 1 min",
        "239000000, 4 min",
        "12000000000, 3 h 20 min",
        "18000000000, 5 h",
        "432000000000, 5 days"
    })
    void durationsComeInTheUnitThatAPersonWouldChoose(long micros, String expected) {
        assertThat(readable(figures.micros(micros))).isEqualTo(expected);
    }

    @Test
    void sameWhateverTheDurationIsGivenIn() {
        assertThat(readable(figures.duration(Duration.ofMillis(116)))).isEqualTo("116 ms");
        assertThat(readable(figures.millis(116L))).isEqualTo("116 ms");
    }

    @Test
    void whatIsNotKnownIsADash() {
        assertThat(figures.bytes(null)).isEqualTo("–");
        assertThat(figures.count((Number) null)).isEqualTo("–");
        assertThat(figures.duration(null)).isEqualTo("–");
        assertThat(figures.millis(null)).isEqualTo("–");
    }

    @Test
    void countsHaveThinSeparatorsAndNothingBreaksFromItsUnit() {
        assertThat(figures.count(1_234_567)).isEqualTo("1\u202F234\u202F567");
        assertThat(figures.bytes(1_400_000L)).isEqualTo("1.4\u202FMB");
        assertThat(figures.count(1, "table", "tables")).isEqualTo("1 table");
        assertThat(figures.count(2, "table", "tables")).isEqualTo("2 tables");
    }

    @Test
    void wholeMeansWhole() {
        assertThat(readable(figures.percent(0.9999))).isEqualTo("99 %");
        assertThat(readable(figures.percent(1))).isEqualTo("100 %");
    }

    @Test
    void agesAndTimes() {
        assertThat(readable(figures.age(NOW.minusSeconds(12)))).isEqualTo("12 s ago");
        assertThat(readable(figures.age(NOW.plusSeconds(2)))).isEqualTo("0 s ago");
        assertThat(readable(figures.age(NOW.minusSeconds(185)))).isEqualTo("3 min ago");
        assertThat(readable(figures.age(NOW.minusSeconds(9_000)))).isEqualTo("2 h ago");
        assertThat(figures.age(NOW.minusSeconds(900_000))).isEqualTo("10 days ago");
        assertThat(figures.time(NOW)).isEqualTo("10:40:45 UTC");
        assertThat(figures.time(NOW.minusSeconds(90_000))).isEqualTo("20 Nov 09:40:45 UTC");
        assertThat(figures.utc(NOW)).isEqualTo("2026-11-21 10:40:45 UTC");
    }

    private static String readable(String text) {
        return text.replace('\u202F', ' ');
    }
}
