package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Proves;
import dev.upshift.check.Witness;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/** Rehearsals under load: clients are held and notice nothing else, nothing is moved, nothing is left; then a cutover. */
@TestMethodOrder(OrderAnnotation.class)
class RehearsalIT {

    private static final Logger log = LoggerFactory.getLogger(RehearsalIT.class);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final Duration BUDGET = Duration.ofSeconds(6);

    /** Well below the time after which a hanging connection is given up: whoever goes on by then was let go. */
    private static final Duration SOME_TIME = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static LabWorld world;
    private static ControlPlane upshift;

    private LedgerWriters writers;
    private Traces before;

    @BeforeAll
    static void replicate() {
        world = LabWorld.builder().start();
        upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", BUDGET.toString());
            settings.put("pauseAttempts", 1);
            settings.put("longTransactionLimit", "PT1H"); // so that PAUSE meets it
            settings.put("hardFence", true);
            settings.put("rehearsalRequired", true);
            settings.put("rehearsalMaxAge", "PT1H");
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
        before = Traces.of(world);
        writers = world.startWriters(16, 200);
        writers.awaitAcknowledged(100, SOON);
    }

    @AfterEach
    void stop() {
        writers.stop();
    }

    @Test
    @Order(1)
    void neitherCanBeStartedByTheWordsOfTheOther() {
        Map<String, Object> cutover = upshift.plan("cutover");
        Map<String, Object> rehearsal = upshift.plan("rehearse");

        assertThat(cutover.get("version")).isNotEqualTo(rehearsal.get("version"));
        assertThat(refusal("rehearse", rehearsal.get("version"), "shop")).contains("Type “rehearse shop”");
        assertThat(refusal("cutover", rehearsal.get("version"), "rehearse shop"))
                .contains("“shop”");
        assertThat(reasons(cutover))
                .containsExactly("This project asks for a rehearsal before a cutover, and none has"
                        + " succeeded. Rehearse first.");
        assertThat(refusal("cutover", cutover.get("version"), "shop")).contains("Rehearse first");
        assertAsBefore(world.source());
    }

    @Test
    @Order(2)
    void aTransactionThatOutlastsTheBudgetIsNamedAndNothingIsLeft() throws SQLException {
        Map<String, Object> run;
        try (Connection slow = world.pooler(0).connect("shop", Login.APP)) {
            slow.setAutoCommit(false);
            try (Statement statement = slow.createStatement()) {
                statement.execute("select 1");
            }
            run = abortedRehearsal();
            slow.rollback();
        }

        assertThat(run.get("outcome").toString())
                .contains("still open")
                .contains(world.pooler(0).name());
        assertAsBefore(world.source());
    }

    @Test
    @Order(3)
    void aBarrierThatIsNotReachedIsGivenUpWithTheBudget() {
        Instant begin = Instant.now();
        int number;
        try (AutoCloseable ignored = upshift.when("raise-fence", world.target()::suspend)) {
            number = upshift.start("rehearse");
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
        assertAsBefore(world.source());
        assertThat(upshift.plan("cutover")).containsEntry("allowed", false);
    }

    @Test
    @Order(4)
    void aPoolerThatIsAwayFailsTheRehearsalBeforeAnybodyIsHeld() {
        PgBouncer deaf = world.pooler(1);
        String configuration = deaf.mainConfiguration();
        deaf.replaceMainConfiguration("this is no setting\n" + configuration);
        Map<String, Object> run = abortedRehearsal();
        deaf.replaceMainConfiguration(configuration);

        assertThat(run.get("outcome").toString()).contains(deaf.name());
        assertThat(run.get("pauseMillis")).isNull();
        assertAsBefore(world.source());
    }

    @Test
    @Order(5)
    @Proves("rehearsal")
    void aRehearsalMeasuresMovesNothingAndOpensTheWayForACutover() {
        Instant begin = Instant.now();
        Map<String, Object> run = upshift.succeed("rehearse", SOON);
        Instant end = Instant.now();

        long pause = ((Number) run.get("pauseMillis")).longValue();
        log.info(
                "rehearsal: pause {} ms, longest client wait {} ms",
                pause,
                writers.longestWait(begin, end).toMillis());
        assertThat(pause).isBetween(1L, BUDGET.toMillis());
        assertThat(run.get("outcome").toString()).contains("Nothing was moved");
        assertAsBefore(world.source());

        Map<String, Object> report = upshift.get("/projects/shop/rehearsals/latest");
        log.info("report: {}", report);
        assertThat(report).containsEntry("rehearsed", "cutover").containsEntry("run", run.get("number"));
        assertThat(steps(report))
                .containsExactly(
                        "pause-poolers",
                        "raise-fence",
                        "drain-transactions",
                        "await-barrier",
                        "look-again",
                        "resume-clients");
        assertThat(sum(report)).as("parts").isBetween(pause / 2, pause + 50);
        assertThat(number(report, "forecast", "usualMillis")).isPositive();
        assertThat(number(report, "forecast", "unluckyMillis"))
                .isBetween(number(report, "forecast", "usualMillis"), BUDGET.toMillis());
        assertThat(number(report, "load", "samples")).isGreaterThan(5);

        assertOnlyThatPlanIsAllowed();
        Map<String, Object> cutover = upshift.succeed("cutover", SOON);
        log.info("cutover: pause {} ms, was forecast {}", cutover.get("pauseMillis"), report.get("forecast"));
        assertThat(world.poolers())
                .allMatch(pooler -> pooler.leadsTo("shop") == world.target().port());
        writers.awaitAcknowledged(200, SOON);
        assertThat(writers.errors()).isEmpty();
        world.assertNothingLost(world.target());
    }

    @Test
    @Order(6)
    void theWayBackIsRehearsedAsWell() {
        Map<String, Object> run = upshift.succeed("rehearse", SOON);

        assertThat(run.get("outcome").toString()).contains("served by the target as before");
        assertAsBefore(world.target());
        assertThat(upshift.project()).containsEntry("phase", "CUT_OVER");
        Map<String, Object> report = upshift.get("/projects/shop/rehearsals/latest");
        log.info("way back: {}", report);
        assertThat(report).containsEntry("rehearsed", "rollback");
        assertThat(((Map<?, ?>) report.get("forecast")).get("restMeasured")).isEqualTo(true);

        upshift.succeed("rollback", SOON);
        writers.awaitAcknowledged(200, SOON);
        assertThat(writers.errors()).isEmpty();
        world.assertNothingLost(world.source());
        world.assertBothSidesEqual(SOON);
    }

    private static Map<String, Object> abortedRehearsal() {
        Map<String, Object> run = upshift.await(upshift.start("rehearse"), LATER);
        assertThat(run).containsEntry("status", "ABORTED");
        return run;
    }

    /** A line more in one pooler's file makes it another plan; without the line, it is the rehearsed one again. */
    private static void assertOnlyThatPlanIsAllowed() {
        PgBouncer pooler = world.pooler(0);
        String configuration = pooler.configuration();
        pooler.replaceConfiguration(configuration + "; a remark\n");
        Map<String, Object> changed = upshift.plan("cutover");
        pooler.replaceConfiguration(configuration);

        Witness.saw(guards(changed));
        assertThat(reasons(changed)).singleElement().asString().contains("changed since it was rehearsed");
        assertThat(((Map<?, ?>) changed.get("rehearsed")).get("planChanged")).isEqualTo(true);
        Map<String, Object> plan = upshift.plan("cutover");
        Witness.saw(guards(plan));
        assertThat(plan).containsEntry("allowed", true);
        assertThat(((Map<?, ?>) plan.get("rehearsed")).get("planChanged")).isEqualTo(false);
    }

    private void assertAsBefore(PostgresCluster serving) {
        writers.awaitAcknowledged(200, SOON);
        assertThat(writers.errors()).isEmpty();
        assertThat(Traces.of(world)).isEqualTo(before);
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        world.assertNothingLost(serving);
    }

    private static String refusal(String procedure, Object version, String confirmation) {
        ResponseEntity<Map<String, Object>> answer = upshift.post(
                "/projects/shop/runs",
                Map.of("procedure", procedure, "planVersion", version, "confirmation", confirmation));
        assertThat(answer.getStatusCode().value()).isEqualTo(409);
        return String.valueOf(answer.getBody());
    }

    private static List<String> reasons(Map<String, Object> plan) {
        return guards(plan).stream()
                .filter(guard -> !guard.allowed())
                .map(GuardResult::reason)
                .toList();
    }

    private static List<GuardResult> guards(Map<String, Object> plan) {
        return ((List<?>) plan.get("guards"))
                .stream()
                        .map(guard -> (Map<?, ?>) guard)
                        .map(guard -> new GuardResult(
                                String.valueOf(guard.get("guard")),
                                Boolean.TRUE.equals(guard.get("allowed")),
                                String.valueOf(guard.get("reason"))))
                        .toList();
    }

    private static List<String> steps(Map<String, Object> report) {
        return ((List<?>) report.get("parts"))
                .stream()
                        .map(part -> String.valueOf(((Map<?, ?>) part).get("step")))
                        .toList();
    }

    private static long sum(Map<String, Object> report) {
        return ((List<?>) report.get("parts"))
                        .stream()
                                .mapToLong(part -> ((Number) ((Map<?, ?>) part).get("micros")).longValue())
                                .sum()
                / 1_000;
    }

    private static long number(Map<String, Object> report, String group, String name) {
        return ((Number) ((Map<?, ?>) report.get(group)).get(name)).longValue();
    }
}
