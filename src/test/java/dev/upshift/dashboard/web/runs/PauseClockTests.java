package dev.upshift.dashboard.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PauseClockTests {

    @ParameterizedTest
    @CsvSource({
        "0, true, is-busy",
        "2499, true, is-busy",
        "2500, true, is-warning",
        "5000, true, is-warning",
        "5001, true, is-bad",
        "4000, false, is-good",
        "5001, false, is-bad"
    })
    void theClockWarnsAtHalfTheBudget(long held, boolean running, String style) {
        assertThat(new PauseClock(held, 5000, running, false).style()).isEqualTo(style);
    }
}
