package dev.upshift.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyRecordTests {

    private static final long MILLI = 1_000_000;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final LatencyRecord record = new LatencyRecord();

    @Test
    void answersNothingForNothing() {
        assertThat(record.longest(0, HOUR)).isZero();
        assertThat(record.ended(0, HOUR)).isZero();
    }

    @Test
    void answersTheLongestOfAWindow() {
        record.note(100 * MILLI, 105 * MILLI);
        record.note(100 * MILLI, 230 * MILLI);
        record.note(500 * MILLI, 510 * MILLI);

        assertThat(record.longest(0, 400 * MILLI)).isEqualTo(Duration.ofMillis(130));
        assertThat(record.longest(300 * MILLI, 600 * MILLI)).isEqualTo(Duration.ofMillis(10));
        assertThat(record.ended(0, 400 * MILLI)).isEqualTo(2);
        assertThat(record.ended(0, HOUR)).isEqualTo(3);
    }

    @Test
    void countsAWaitThatBeganInTheWindowAndEndedAfterIt() {
        record.note(100 * MILLI, 900 * MILLI);

        assertThat(record.longest(150 * MILLI, 200 * MILLI)).isEqualTo(Duration.ofMillis(800));
        assertThat(record.longest(0, 50 * MILLI)).isZero();
        assertThat(record.longest(950 * MILLI, HOUR)).isZero();
    }

    @Test
    void keepsHours() {
        record.note(9 * HOUR, 9 * HOUR + 7 * MILLI);

        assertThat(record.longest(8 * HOUR, 10 * HOUR)).isEqualTo(Duration.ofMillis(7));
    }
}
