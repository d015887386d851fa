package dev.upshift.monitoring.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A worker that fails all the time is seen as one that does not run, even by looks that happen to meet it. */
class WorkerWatchTests {

    private final WorkerWatch worker = new WorkerWatch();

    @Test
    void runsFromTheFirstLook() {
        assertThat(worker.stands()).isFalse();
        assertThat(worker.runs(7)).isTrue();
        assertThat(worker.runs(7)).isTrue();
        assertThat(worker.stands()).isFalse();
    }

    /** It was replaced between two looks, and none of them missed it. */
    @Test
    void runsOnAsAnotherProcess() {
        assertThat(worker.runs(7)).isTrue();
        assertThat(worker.runs(8)).isTrue();
    }

    @Test
    void standsWhileItIsStartedAgainAndAgain() {
        assertThat(worker.runs(null)).isFalse();
        assertThat(worker.runs(7)).isFalse();
        assertThat(worker.runs(8)).isFalse();
        assertThat(worker.runs(null)).isFalse();
        assertThat(worker.runs(9)).isFalse();
        assertThat(worker.stands()).isTrue();
    }

    @Test
    void runsAgainOnceTheSameIsSeenTwice() {
        assertThat(worker.runs(null)).isFalse();
        assertThat(worker.runs(7)).isFalse();
        assertThat(worker.runs(7)).isTrue();
        assertThat(worker.runs(7)).isTrue();
    }
}
