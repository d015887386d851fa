package dev.upshift.monitoring.internal.judge;

import static dev.upshift.monitoring.internal.probe.Made.NOON;
import static dev.upshift.monitoring.internal.probe.Made.lsn;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LagClockTests {

    private final LagClock clock = new LagClock();

    @Test
    void whoHasEverythingHasNoLagHoweverLongNothingWasWritten() {
        assertThat(read(0, 100, 100, null)).isZero();
        assertThat(read(3600, 100, 100, 250L)).isZero();
    }

    @Test
    void cannotTellFromTheFirstLookAlone() {
        assertThat(read(0, 200, 100, null)).isNull();
    }

    @Test
    void believesTheServerWhileReportsComeIn() {
        assertThat(read(0, 200, 100, 180L)).isEqualTo(Duration.ofMillis(180));
        assertThat(read(2, 400, 300, 210L)).isEqualTo(Duration.ofMillis(210));
    }

    @Test
    void countsFromWhenTheOldestUnflushedChangeWasSeen() {
        read(0, 100, 100, null);
        assertThat(read(2, 200, 100, null)).isZero();
        assertThat(read(4, 300, 100, null)).isEqualTo(Duration.ofSeconds(2));
        assertThat(read(10, 300, 100, null)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void doesNotBelieveAReportThatStandsStill() {
        read(0, 200, 100, 180L);
        assertThat(read(60, 900, 100, 180L)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void forgetsWhatWasFlushedMeanwhile() {
        read(0, 100, 100, null);
        read(2, 200, 100, null);
        read(4, 300, 100, null);
        assertThat(read(6, 400, 250, null)).isEqualTo(Duration.ofSeconds(2));
        assertThat(read(8, 400, 400, null)).isZero();
        assertThat(read(10, 500, 400, null)).isZero();
    }

    @Test
    void remembersTheBeginningOfALongStandstill() {
        read(0, 100, 100, null);
        for (int tick = 1; tick <= 5000; tick++) {
            read(tick * 2L, 100 + tick, 100, null);
        }
        assertThat(read(10_002, 9000, 100, null)).isEqualTo(Duration.ofSeconds(10_000));
    }

    private Duration read(long second, long written, long confirmed, Long reportedMillis) {
        return clock.read(
                NOON.plusSeconds(second),
                lsn(written),
                lsn(confirmed),
                reportedMillis == null ? null : Duration.ofMillis(reportedMillis));
    }
}
