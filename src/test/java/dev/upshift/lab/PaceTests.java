package dev.upshift.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTests {

    private final Pace pace = new Pace(100, 30);

    @Test
    void beatsEvenlyHoweverLateEachBeatWasTaken() {
        assertThat(pace.untilNext(0)).isEqualTo(30);
        pace.take(42);
        assertThat(pace.untilNext(42)).isEqualTo(88);
        pace.take(130);
        assertThat(pace.untilNext(130)).isEqualTo(100);
    }

    @Test
    void leavesOutWhatWasMissed() {
        pace.take(555);
        assertThat(pace.untilNext(555)).isEqualTo(75);
    }
}
