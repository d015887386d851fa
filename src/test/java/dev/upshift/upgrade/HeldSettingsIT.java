package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes what is set for the database in a transaction that he leaves open, from a session of another one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HeldSettingsIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final Duration BUDGET = Duration.ofSeconds(10);

    /** On a machine that others use as well. */
    private static final Duration WELL_BELOW = Duration.ofMillis(2500);

    @TempDir
    private static Path directory;

    private static LabWorld world;
    private static ControlPlane upshift;

    private final AtomicReference<Connection> holder = new AtomicReference<>();
    private LedgerWriters writers;
    private final Instant begun = Instant.now();

    @BeforeAll
    static void replicate() {
        world = LabWorld.builder().durable(false).start();
        upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", BUDGET.toString());
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
        writers = world.startWriters(8, 100);
        writers.awaitAcknowledged(50, SOON);
    }

    @AfterEach
    void stop() throws SQLException {
        writers.stop();
        if (holder.get() != null) {
            holder.get().close();
        }
    }

    @Test
    @Order(1)
    void isNamedInThePlan() throws SQLException {
        for (PostgresCluster side : List.of(world.source(), world.target())) {
            try (Connection held = hold(side)) {
                assertThat(guard()).startsWith("false").contains("process " + pid(held), "in database postgres");
            }
            assertThat(guard()).startsWith("true");
        }
    }

    @Test
    @Order(2)
    void afterThePlanItIsNamedBeforeClientsAreHeld() throws Exception {
        Map<String, Object> run = aborted("stage-configuration", () -> holder.set(hold(world.source())));

        assertThat(String.valueOf(run.get("outcome")))
                .contains("shop on the source: what is set", "process " + pid(holder.get()), "pg_terminate_backend");
        assertThat(upshift.journal((Integer) run.get("number"))).doesNotContain("pause-poolers");
        holder.get().close();
        assertSourceServes();
    }

    /** Whoever came after the last look is let be: nothing is raised yet, and clients are let go. */
    @Test
    @Order(3)
    void whenTheFenceIsToBeRaisedClientsAreLetGoAtOnce() throws Exception {
        Map<String, Object> run = aborted("pause-poolers", () -> holder.set(hold(world.source())));

        assertThat(String.valueOf(run.get("outcome")))
                .contains("shop on the source: what is set", "process " + pid(holder.get()), "pg_terminate_backend");
        holder.get().close();
        assertSourceServes();
    }

    /** Behind the fence clients would be refused. */
    @Test
    @Order(4)
    void whenTheFenceIsToBeLiftedAgainItIsEnded() throws Exception {
        AtomicReference<Integer> process = new AtomicReference<>();
        aborted("stop-link", () -> {
            world.target().execute("postgres", "alter database shop set default_transaction_read_only = on");
            holder.set(hold(world.source()));
            process.set(pid(holder.get()));
        });
        world.target().execute("postgres", """
                begin read write;
                alter database shop reset default_transaction_read_only;
                commit
                """);

        assertThat(holder.get().isValid(1)).as("is there").isFalse();
        assertThat(upshift.metadata("select string_agg(sentence, ' ') from journal_entry"))
                .contains("the fence could not be lifted because of process " + process, "this session was ended");
        assertSourceServes();
    }

    @Test
    @Order(5)
    void whenClientsWaitForTheFenceOfTheEnteredSideItIsEnded() throws Exception {
        upshift.succeed("cutover", SOON);
        AtomicReference<Integer> process = new AtomicReference<>();
        try (AutoCloseable ignored = upshift.when("stop-link", () -> {
            holder.set(hold(world.source()));
            process.set(pid(holder.get()));
        })) {
            upshift.succeed("rollback", SOON);
        }

        assertThat(holder.get().isValid(1)).as("is there").isFalse();
        assertThat(upshift.metadata("select sentence from journal_entry where step = 'move-clients'"
                        + " and event = 'SUCCEEDED' order by run_id desc, sequence desc limit 1"))
                .contains("the fence could not be lifted because of process " + process, "this session was ended");
        assertSourceServes();
    }

    private static String guard() {
        return ((List<?>) upshift.plan("cutover").get("guards"))
                .stream()
                        .map(guard -> (Map<?, ?>) guard)
                        .filter(guard -> "settings-free".equals(guard.get("guard")))
                        .map(guard -> guard.get("allowed") + " " + guard.get("reason"))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<String, Object> aborted(String step, Runnable what) throws Exception {
        try (AutoCloseable ignored = upshift.when(step, what)) {
            Map<String, Object> run = upshift.await(upshift.start("cutover"), SOON);
            assertThat(run).containsEntry("status", "ABORTED");
            return run;
        }
    }

    private static Connection hold(PostgresCluster side) {
        Connection holder = side.connect("postgres");
        try (Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("alter database shop set work_mem = '5MB'");
            return holder;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static int pid(Connection holder) {
        try (Statement statement = holder.createStatement();
                ResultSet answer = statement.executeQuery("select pg_backend_pid()")) {
            answer.next();
            return answer.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void assertSourceServes() {
        writers.awaitAcknowledged(100, SOON);
        assertThat(writers.errors()).isEmpty();
        assertThat(writers.longestWait(begun, Instant.now())).isLessThan(WELL_BELOW);
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(upshift.project()).containsEntry("servingSide", "SOURCE");
        world.assertNothingLost(world.source());
        world.assertBothSidesEqual(SOON);
    }
}
