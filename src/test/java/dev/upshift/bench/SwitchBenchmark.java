package dev.upshift.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.ManualPause;
import dev.upshift.upgrade.ControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The longest wait of any client, side by side in one run under one load: with nothing happening, during a bare PAUSE
 * and RESUME by hand, during a cutover, during a rollback; five rounds of the four. Writes {@code docs/benchmarks.md}.
 */
class SwitchBenchmark {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int CLIENTS = 40;
    private static final int PER_SECOND = Integer.getInteger("bench.rate", 1_200);
    private static final int SEQUENCES = 2_000;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration LATER = Duration.ofMinutes(10);

    /** Looked at around every measurement, so that what follows a RESUME counts too. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    @Test
    void longestClientWaits() {
        try (LabWorld world = LabWorld.builder()
                        .schema(new LedgerSchema(SEQUENCES, 0))
                        .start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            upshift.register(ControlPlane.project(world, settings -> settings));
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            LedgerWriters writers = world.startWriters(CLIENTS, PER_SECOND);
            writers.awaitAcknowledged(PER_SECOND * 10L, SOON);

            BenchmarkReport report = new BenchmarkReport(PER_SECOND, CLIENTS, SEQUENCES);
            Instant begin = Instant.now();
            for (int round = 0; round < ROUNDS; round++) {
                report.nothing(measure(writers, () -> settle(writers)));
                report.bare(bare(world, writers));
                report.cutover(switchOver("cutover", upshift, writers), pause(upshift));
                report.rollback(switchOver("rollback", upshift, writers), pause(upshift));
            }
            Duration took = Duration.between(begin, Instant.now());
            report.rate(writers.acknowledgedBetween(begin, Instant.now()) / Math.max(1, took.toSeconds()));
            writers.stop();

            assertThat(writers.errors()).isEmpty();
            world.proof().assertHolds(world.source());
            report.write(Path.of("docs", "benchmarks.md"));
        }
    }

    private static Duration bare(LabWorld world, LedgerWriters writers) {
        try (ManualPause person = ManualPause.at(world.poolers())) {
            return measure(writers, person::pauseAndResume);
        }
    }

    private static Duration switchOver(String procedure, ControlPlane upshift, LedgerWriters writers) {
        return measure(writers, () -> upshift.succeed(procedure, SOON));
    }

    private static long pause(ControlPlane upshift) {
        Map<String, Object> newest = upshift.newestRun();
        return ((Number) newest.get("pauseMillis")).longValue();
    }

    private static Duration measure(LedgerWriters writers, Runnable work) {
        settle(writers);
        Instant begin = Instant.now();
        work.run();
        settle(writers);
        return writers.longestWait(begin, Instant.now());
    }

    /** Lets the load run on for a moment: until it has done what it does in that time. */
    private static void settle(LedgerWriters writers) {
        Instant until = Instant.now().plus(MARGIN);
        Awaitility.await("the load to run on")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Instant.now().isAfter(until));
        writers.awaitAcknowledged(PER_SECOND / 4, SOON);
    }
}
