package dev.upshift.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.upgrade.ControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
            new SwitchRounds(world, writers, PER_SECOND, procedure -> cost(upshift, procedure)).measure(ROUNDS, report);
            writers.stop();

            assertThat(writers.errors()).isEmpty();
            world.proof().assertHolds(world.source());
            report.write(Path.of("docs", "benchmarks.md"));
        }
    }

    private static SwitchCost cost(ControlPlane upshift, String procedure) {
        Map<String, Object> run = upshift.succeed(procedure, SOON);
        return SwitchCost.of(run, upshift.rows(((Number) run.get("number")).intValue()));
    }
}
