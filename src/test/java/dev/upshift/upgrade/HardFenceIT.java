package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hard fence has two halves, and each keeps out somebody whom the other one does not. */
class HardFenceIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    @Test
    void aHalfThatSomebodyLiftsIsSeenBeforeThePivot() throws Exception {
        try (LabWorld world = LabWorld.builder().durable(false).start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            upshift.register(ControlPlane.project(world, settings -> {
                settings.put("pauseBudget", "PT10S");
                settings.put("hardFence", true);
                return settings;
            }));
            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            LedgerWriters writers = world.startWriters(8, 100);
            writers.awaitAcknowledged(50, SOON);
            // only the connection limit keeps this role from writing behind the fence
            for (var side : List.of(world.source(), world.target())) {
                side.execute("shop", "alter role app in database shop set default_transaction_read_only = off");
            }
            assertThat(upshift.plan("cutover")).containsEntry("allowed", true);

            Map<String, Object> run;
            try (AutoCloseable ignored = upshift.when(
                    "stop-link", () -> world.source().execute("postgres", "alter database shop connection limit -1"))) {
                run = upshift.await(upshift.start("cutover"), SOON);
            }

            assertThat(run).containsEntry("status", "ABORTED");
            assertThat(String.valueOf(run.get("outcome")))
                    .contains("shop on the source: somebody has lifted half of the hard fence")
                    .contains("shop on the source: app may write");
            writers.awaitAcknowledged(50, SOON);
            assertThat(writers.errors()).isEmpty();
            assertThat(upshift.project()).containsEntry("servingSide", "SOURCE");
            world.assertNothingLost(world.source());

            upshift.succeed("cutover", SOON);
            writers.awaitAcknowledged(50, SOON);
            writers.stop();
            assertThat(writers.errors()).isEmpty();
            world.assertNothingLost(world.target());
        }
    }
}
