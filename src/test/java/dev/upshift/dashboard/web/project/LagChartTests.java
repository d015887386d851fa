package dev.upshift.dashboard.web.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.monitoring.Monitoring.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagChartTests {

    private static final Instant FROM = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void aPeakSurvivesThinning() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            samples.add(sample(i, i == 4_321 ? 9_000_000L : 10L));
        }

        LagChart chart = LagChart.of(FROM, FROM.plusSeconds(5_000), samples, List.of(), "");

        assertThat(chart.at()).hasSizeLessThanOrEqualTo(LagChart.MOST_POINTS).hasSameSizeAs(chart.lagBytes());
        assertThat(chart.lagBytes()).contains(9_000_000L);
    }

    @Test
    void aGapStaysAGap() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            samples.add(sample(i, i == 600 ? null : Long.valueOf(10)));
        }

        assertThat(LagChart.of(FROM, FROM.plusSeconds(1_200), samples, List.of(), "")
                        .lagBytes())
                .containsNull();
    }

    @Test
    void noSamplesNoPoints() {
        assertThat(LagChart.of(FROM, FROM.plusSeconds(60), List.of(), List.of(), "")
                        .at())
                .isEmpty();
    }

    private static Sample sample(int second, Long lag) {
        return new Sample(FROM.plusSeconds(second), lag, null, 1, 1);
    }
}
