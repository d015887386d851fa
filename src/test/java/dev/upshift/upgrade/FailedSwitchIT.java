package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A switch that fails before the pivot: clients go on against the source without an error, replication still runs, the
 * run is ABORTED and says why.
 */
class FailedSwitchIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final Duration BUDGET = Duration.ofSeconds(2);

    /** Well below the time after which a hanging connection is given up: whoever goes on by then was let go. */
    private static final Duration SOME_TIME = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static LabWorld world;
    private static ControlPlane upshift;

    private LedgerWriters writers;

    @BeforeAll
    static void replicate() {
        world = LabWorld.builder().start();
        upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", BUDGET.toString());
            settings.put("pauseAttempts", 2);
            return settings;
        }));
        upshift.succeed("copy-schema", SOON);
        upshift.succeed("replicate", LATER);
    }

    @AfterAll
    static void end() {
        upshift.close();
        world.close();
    }

    @BeforeEach
    void write() {
        writers = world.startWriters(16, 200);
        writers.awaitAcknowledged(100, SOON);
    }

    @AfterEach
    void stop() {
        writers.stop();
    }

    @Test
    void aPoolerThatDoesNotTakeItsNewConfiguration() {
        PgBouncer deaf = world.pooler(1);
        String configuration = deaf.mainConfiguration();
        deaf.replaceMainConfiguration("this is no setting\n" + configuration);

        Map<String, Object> run = abortedCutover();
        deaf.replaceMainConfiguration(configuration);

        assertThat(run.get("outcome").toString()).contains(deaf.name());
        assertThat(run.get("pauseMillis")).isNull();
        assertThat(deaf.configuration()).doesNotContain("__probe");
        assertSourceServesAsBefore();
    }

    @Test
    void aTransactionThatOutlastsThePauseBudget() throws SQLException {
        Instant begin = Instant.now();
        Map<String, Object> run;
        try (Connection slow = world.pooler(0).connect("shop", Login.APP)) {
            slow.setAutoCommit(false);
            try (Statement statement = slow.createStatement()) {
                statement.execute("select 1");
            }
            run = abortedCutover();
            for (int again = 0; again < 3 && isOwnerLate(run); again++) {
                run = abortedCutover();
            }
            slow.rollback();
        }
        Instant end = Instant.now();

        assertThat(run.get("outcome").toString())
                .contains("still open")
                .contains(world.pooler(0).name());
        assertThat(writers.longestWait(begin, end)).isLessThan(BUDGET.plus(SOME_TIME));
        assertSourceServesAsBefore();
    }

    /** A machine that is busy may let the owner's lease run out before the budget does: clients are let go then, too. */
    private static boolean isOwnerLate(Map<String, Object> run) {
        return String.valueOf(run.get("outcome")).startsWith("The metadata database did not answer");
    }

    /** The fence is raised on the source alone; what happens to the target then is met by the barrier. */
    @Test
    void aTargetThatDiesDuringTheBarrier() {
        int number;
        try (AutoCloseable ignored = upshift.when("raise-fence", world.target()::kill)) {
            number = upshift.start("cutover");
            upshift.awaitStep(number, "await-barrier", SOON);
            writers.awaitAcknowledged(400, SOON);
            world.target().restart();
        } catch (Exception e) {
            throw new AssertionError(e);
        }

        Map<String, Object> run = upshift.await(number, LATER);
        assertThat(run).containsEntry("status", "ABORTED");
        assertSourceServesAsBefore();
    }

    @Test
    void aTargetThatHangsDuringTheBarrierIsEndedByTheWatchdog() {
        Instant begin = Instant.now();
        int number;
        try (AutoCloseable ignored = upshift.when("raise-fence", world.target()::suspend)) {
            number = upshift.start("cutover");
            upshift.awaitStep(number, "await-barrier", SOON);
            writers.awaitAcknowledged(200, SOON);
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            world.target().thaw();
        }
        Instant flowing = Instant.now();

        assertThat(writers.longestWait(begin, flowing)).isBetween(BUDGET, BUDGET.plus(SOME_TIME));
        Map<String, Object> run = upshift.await(number, LATER);
        assertThat(run).containsEntry("status", "ABORTED");
        assertThat(run.get("outcome").toString()).contains("pause budget");
        assertSourceServesAsBefore();
    }

    /** It serves nobody; but when it answers again, no client has to wait for a pooler that is still paused. */
    @Test
    void aSourceThatHangsDuringTheBarrierDoesNotKeepPoolersPaused() throws Exception {
        int number;
        try (AutoCloseable _ = upshift.when("raise-fence", world.target()::suspend);
                AutoCloseable _ = upshift.when("await-barrier", world.source()::suspend)) {
            number = upshift.start("cutover");
            upshift.awaitStep(number, "await-barrier", SOON);
            Awaitility.await("the watchdog has let clients go, the source still hangs")
                    .atMost(BUDGET.plus(SOME_TIME))
                    .until(() -> world.poolers().stream().noneMatch(PgBouncer::paused));
        } finally {
            world.source().thaw();
            world.target().thaw();
        }

        assertThat(upshift.await(number, LATER)).containsEntry("status", "ABORTED");
        assertSourceServes();
    }

    @Test
    void aPoolerThatIsRestartedWhileClientsAreHeld() throws Exception {
        PgBouncer restarted = world.pooler(1);
        int number;
        try (AutoCloseable ignored = upshift.when("set-sequences", () -> {
            restarted.kill();
            restarted.start();
        })) {
            number = upshift.start("cutover");
            Map<String, Object> run = upshift.await(number, SOON);

            assertThat(run).containsEntry("status", "ABORTED");
            assertThat(run.get("outcome").toString()).contains(restarted.name());
        }
        writers.awaitAcknowledged(100, SOON);
        Instant calm = Instant.now();
        assertSourceServes();
        assertThat(writers.errors())
                .isNotEmpty()
                .allMatch(error -> error.through().equals(restarted.url("shop")))
                .allMatch(error -> error.at().isBefore(calm));
    }

    @Test
    void aSubscriptionThatIsDisabledBeforeClientsAreHeld() throws Exception {
        String subscription = world.target().value("shop", "select subname from pg_subscription");
        int number;
        try (AutoCloseable ignored = upshift.when(
                "wait-for-calm",
                () -> world.target().execute("shop", "alter subscription \"" + subscription + "\" disable"))) {
            number = upshift.start("cutover");
            Map<String, Object> run = upshift.await(number, SOON);

            assertThat(run).containsEntry("status", "ABORTED");
            assertThat(run.get("outcome").toString()).contains(subscription).contains("disabled");
        } finally {
            world.target().execute("shop", "alter subscription \"" + subscription + "\" enable");
        }
        assertSourceServesAsBefore();
        settleDoubt();
    }

    /** Nothing brings a dropped slot back but the copy that this test has kept. */
    @Test
    void aSlotThatIsLostBeforeClientsAreHeld() throws Exception {
        String slot = world.target().value("shop", "select subslotname from pg_subscription");
        try (AutoCloseable ignored = upshift.when("wait-for-calm", () -> loseSlot(slot))) {
            Map<String, Object> run = upshift.await(upshift.start("cutover"), SOON);

            assertThat(run).containsEntry("status", "ABORTED");
            assertThat(run.get("outcome").toString()).contains(slot).contains("gone");
        } finally {
            world.source().execute("shop", "select pg_copy_logical_replication_slot('kept', '%s')".formatted(slot));
            world.source().execute("shop", "select pg_drop_replication_slot('kept')");
        }
        assertSourceServesAsBefore();
        settleDoubt();
    }

    /**
     * What was done while the subscription was disabled nobody can tell; and depending on where the copy of a slot stood,
     * monitoring cannot prove that nothing was lost in between.
     */
    private static void settleDoubt() {
        Awaitility.await("a cutover is allowed").atMost(SOON).until(() -> {
            upshift.succeed("verify", SOON);
            return Boolean.TRUE.equals(upshift.plan("cutover").get("allowed"));
        });
    }

    /** The subscription is disabled meanwhile, because its worker would not let go of the slot. */
    private static void loseSlot(String slot) {
        String subscription = world.target().value("shop", "select subname from pg_subscription");
        world.target().execute("shop", "alter subscription \"" + subscription + "\" disable");
        Awaitility.await("nobody uses the slot")
                .atMost(SOON)
                .until(() -> world.source()
                        .value("shop", "select active from pg_replication_slots where slot_name = '" + slot + "'")
                        .equals("f"));
        world.source().execute("shop", "select pg_copy_logical_replication_slot('%s', 'kept')".formatted(slot));
        world.source().execute("shop", "select pg_drop_replication_slot('" + slot + "')");
        world.target().execute("shop", "alter subscription \"" + subscription + "\" enable");
    }

    @Test
    void abortIsPossibleBeforeThePivot() throws SQLException {
        try (Connection slow = world.pooler(0).connect("shop", Login.APP)) {
            slow.setAutoCommit(false);
            try (Statement statement = slow.createStatement()) {
                statement.execute("select 1");
            }
            int number = upshift.start("cutover");
            upshift.awaitStep(number, "pause-poolers", SOON);
            assertThat(upshift.post("/projects/shop/runs/" + number + "/abort", Map.of())
                            .getStatusCode()
                            .value())
                    .isEqualTo(202);
            Map<String, Object> run = upshift.await(number, SOON);
            slow.rollback();

            assertThat(run).containsEntry("status", "ABORTED");
            assertThat(run.get("outcome").toString()).contains("Aborted by admin");
        }
        assertSourceServesAsBefore();
    }

    private static Map<String, Object> abortedCutover() {
        Map<String, Object> run = upshift.await(upshift.start("cutover"), SOON);
        assertThat(run).containsEntry("status", "ABORTED");
        return run;
    }

    private void assertSourceServesAsBefore() {
        assertSourceServes();
        assertThat(writers.errors()).isEmpty();
    }

    private void assertSourceServes() {
        writers.awaitAcknowledged(200, SOON);
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(world.poolers())
                .allMatch(pooler -> pooler.leadsTo("shop") == world.source().port());
        assertThat(upshift.project()).containsEntry("phase", "REPLICATING").containsEntry("servingSide", "SOURCE");
        assertThat(world.source().value("shop", "select count(*) from pg_db_role_setting where setrole = 0"))
                .isEqualTo("0");
        assertThat(world.target().value("shop", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");
        world.assertNothingLost(world.source());
        world.assertBothSidesEqual(SOON);
    }
}
