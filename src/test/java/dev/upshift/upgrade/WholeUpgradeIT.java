package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerReport;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job from end to end: 13 to 17 through two poolers, under writes all the time, there and back and there again.
 */
class WholeUpgradeIT {

    private static final Logger log = LoggerFactory.getLogger(WholeUpgradeIT.class);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostOnTheWayThereAndBackAndThere() {
        try (LabWorld world = LabWorld.builder().start();
                ControlPlane upshift = ControlPlane.start(directory)) {
            LedgerWriters writers = world.startWriters(24, 300);
            upshift.register(ControlPlane.project(world, settings -> {
                settings.put("pauseBudget", "PT30S"); // a busy machine is no reason to fail
                return settings;
            }));

            upshift.succeed("copy-schema", SOON);
            upshift.succeed("replicate", LATER);
            upshift.succeed("verify", LATER);
            writers.awaitAcknowledged(300, SOON);

            switchOver("cutover", upshift, world, writers, world.target());
            upshift.succeed("verify", LATER);
            switchOver("rollback", upshift, world, writers, world.source());
            switchOver("cutover", upshift, world, writers, world.target());

            world.assertBothSidesEqual(SOON);
            upshift.succeed("finish", SOON);
            writers.awaitAcknowledged(100, SOON);
            writers.stop();

            assertThat(writers.errors()).isEmpty();
            LedgerReport report = world.proof().assertHolds(world.target());
            assertThat(report.acknowledged()).isGreaterThan(1_000);
            assertThat(upshift.project()).containsEntry("phase", "FINISHED").containsEntry("servingSide", "TARGET");
            assertNothingLeft(world.source());
            assertNothingLeft(world.target());
            assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        }
    }

    private static void switchOver(
            String procedure, ControlPlane upshift, LabWorld world, LedgerWriters writers, PostgresCluster serving) {
        Instant begin = Instant.now();
        Map<String, Object> run = upshift.succeed(procedure, SOON);
        writers.awaitAcknowledged(300, SOON);
        Instant end = Instant.now();

        log.info(
                "{}: pause {} ms, longest client wait {} ms",
                procedure,
                run.get("pauseMillis"),
                writers.longestWait(begin, end).toMillis());
        assertThat(writers.errors()).isEmpty();
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(world.poolers()).allMatch(pooler -> pooler.leadsTo("shop") == serving.port());
        world.assertNothingLost(serving);
    }

    private static void assertNothingLeft(PostgresCluster cluster) {
        assertThat(cluster.value("shop", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_publication")).isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_subscription"))
                .isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_replication_origin"))
                .isEqualTo("0");
        assertThat(cluster.value("shop", "select count(*) from pg_namespace where nspname = 'upshift'"))
                .isEqualTo("0");
    }
}
