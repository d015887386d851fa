package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The fence proves itself: nobody writes behind it, and nobody is moved to a side where he cannot write. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FencedSwitchIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    @TempDir
    private static Path directory;

    private static LabWorld world;
    private static ControlPlane upshift;

    private LedgerWriters writers;

    @BeforeAll
    static void replicate() {
        world = LabWorld.builder().durable(false).start();
        upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", "PT10S");
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
    void stop() {
        writers.stop();
    }

    @Test
    @Order(0)
    void whatWasComparedIsSaid() {
        upshift.succeed("verify", LATER);

        assertThat(guard("verification")).startsWith("true").contains("tables equal");
    }

    @Test
    @Order(1)
    void aRoleThatPassesTheSoftFenceIsNamedBefore() {
        world.source().execute("shop", "alter role app in database shop set default_transaction_read_only = 'n'");

        assertThat(guard("fence-overrides")).startsWith("false").contains("app", "source", "hard fence");

        world.source().execute("shop", "alter role app in database shop reset default_transaction_read_only");
        assertThat(guard("fence-overrides")).startsWith("true");
    }

    @Test
    @Order(2)
    void aTargetThatIsReadOnlyIsSeenBefore() {
        for (String change : List.of(
                "alter database shop set default_transaction_read_only = on",
                "alter database shop connection limit 0",
                "alter database shop connection limit 1",
                "alter role app set default_transaction_read_only = on",
                "alter role all set default_transaction_read_only = on")) {
            world.target().execute("postgres", change);

            assertThat(guard("target-accepts-writes")).as(change).startsWith("false");

            acceptWrites();
        }
        assertThat(guard("target-accepts-writes")).startsWith("true");
    }

    @Test
    @Order(3)
    void aTargetThatIsMadeReadOnlyMeanwhileIsNotEntered() throws Exception {
        Map<String, Object> run = abortedCutover(
                "raise-fence",
                () -> world.target().execute("postgres", "alter database shop set default_transaction_read_only = on"));

        assertThat(String.valueOf(run.get("outcome"))).contains("read-only by default");
        acceptWrites();
        assertSourceServesAsBefore();
    }

    private static void acceptWrites() {
        world.target().execute("postgres", """
                begin read write;
                alter database shop reset default_transaction_read_only;
                alter database shop connection limit -1;
                alter role app reset default_transaction_read_only;
                alter role all reset default_transaction_read_only;
                commit
                """);
    }

    /** He says for himself that he may write, which nobody can know before. */
    @Test
    @Order(4)
    void aRowWrittenBehindTheFenceAfterTheBarrierIsNotLost() throws Exception {
        Map<String, Object> run = abortedCutover("stop-link", () -> {
            stopLink();
            writeDirectly(770_001);
        });

        assertThat(String.valueOf(run.get("outcome"))).contains("somebody wrote on the source");
        assertSourceServesAsBefore();
        assertThat(products(world.source(), 770_001)).isEqualTo("1");
    }

    @Test
    @Order(5)
    void aTransactionLeftOpenBehindTheFenceIsEndedBeforeThePivot() throws Exception {
        AtomicReference<Connection> straggler = new AtomicReference<>();
        try (AutoCloseable ignored = upshift.when("stop-link", () -> straggler.set(begin(world.source(), 770_002)))) {
            upshift.succeed("cutover", SOON);
        }

        assertThat(straggler.get().isValid(1)).as("ended").isFalse();
        assertThat(upshift.metadata("select string_agg(facts::text, ' ') from journal_entry where step = 'pass-pivot'"))
                .contains("endedAgain", "app");
        writers.awaitAcknowledged(100, SOON);
        assertThat(writers.errors()).isEmpty();
        assertThat(products(world.target(), 770_002)).isEqualTo("0");
        world.assertNothingLost(world.target());
        world.assertBothSidesEqual(SOON);
    }

    /** Somebody's pool, and a pooler that was forgotten: both keep what they have for as long as they are let. */
    @Test
    @Order(6)
    void sessionsThatBeganBehindTheFenceEndWhenTheirSideIsEnteredAgain() throws Exception {
        try (Connection direct = world.source().connect("shop", Login.APP);
                PgBouncer forgotten = PgBouncer.named("forgotten", world.lab())
                        .database("shop", world.source().port())
                        .start();
                Connection pooled = forgotten.connect("shop", Login.APP)) {
            assertThat(refusal(direct, 770_010)).contains("read-only");
            assertThat(refusal(pooled, 770_011)).contains("read-only");

            upshift.succeed("rollback", SOON);

            assertThat(direct.isValid(1)).as("ended").isFalse();
            assertThat(refusal(pooled, 770_011)).isEmpty();
            try (Connection again = world.source().connect("shop", Login.APP)) {
                assertThat(refusal(again, 770_010)).isEmpty();
            }
        }
        assertThat(moved("sentence")).contains("2 sessions on the source had begun behind its fence", "app");
        assertThat(moved("facts::text")).contains("endedBehindFence");
        writers.awaitAcknowledged(100, SOON);
        assertThat(writers.errors()).isEmpty();
        world.assertNothingLost(world.source());
        world.assertBothSidesEqual(SOON);

        try (Connection direct = world.target().connect("shop", Login.APP)) {
            upshift.succeed("cutover", SOON);
            assertThat(direct.isValid(1)).as("ended").isFalse();
        }
        assertThat(moved("sentence")).contains("1 session on the target had begun behind its fence");
        writers.awaitAcknowledged(100, SOON);
        assertThat(writers.errors()).isEmpty();
    }

    /** Of the latest run. */
    private static String moved(String what) {
        return upshift.metadata("select " + what + " from journal_entry where step = 'move-clients'"
                + " and event = 'SUCCEEDED' order by run_id desc, sequence desc limit 1");
    }

    /** Why a row is not taken; empty when it is. */
    private static String refusal(Connection client, int id) {
        try (Statement statement = client.createStatement()) {
            statement.execute(
                    "insert into shop.products (id, name, price) values (%1$d, 'Product %1$d', 1)".formatted(id));
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    @Order(7)
    void whoCanWriteOnTheFormerSideIsNamedAndEnded() throws Exception {
        AtomicReference<Connection> straggler = new AtomicReference<>();
        try (AutoCloseable ignored =
                upshift.when("name-stragglers", () -> straggler.set(begin(world.target(), 770_003)))) {
            upshift.succeed("rollback", SOON);
        }

        assertThat(straggler.get().isValid(1)).as("ended").isFalse();
        assertThat(upshift.metadata(
                        "select string_agg(sentence, ' ') from journal_entry where step = 'name-stragglers'"))
                .contains("CAN WRITE on the target", "app");
    }

    /** It was of the same direction, but of rows that came over another link. */
    @Test
    @Order(8)
    void whatWasComparedBeforeTheLastSwitchIsNotTakenForAProof() {
        assertThat(guard("verification")).startsWith("true").contains("not compared", "since the last switch");
    }

    @Test
    @Order(9)
    void abandonLeavesATargetThatCanBeEntered() {
        assertThat(world.target().value("postgres", "select setconfig[1] from pg_db_role_setting where setrole = 0"))
                .isEqualTo("default_transaction_read_only=on");

        upshift.succeed("abandon", SOON);

        assertThat(world.target().value("postgres", "select count(*) from pg_db_role_setting where setrole = 0"))
                .isEqualTo("0");
        assertThat(upshift.metadata("select count(*)::text from raised_fence")).isEqualTo("0");
    }

    private static String guard(String name) {
        return ((List<?>) upshift.plan("cutover").get("guards"))
                .stream()
                        .map(guard -> (Map<?, ?>) guard)
                        .filter(guard -> name.equals(guard.get("guard")))
                        .map(guard -> guard.get("allowed") + " " + guard.get("reason"))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<String, Object> abortedCutover(String step, Runnable what) throws Exception {
        try (AutoCloseable ignored = upshift.when(step, what)) {
            Map<String, Object> run = upshift.await(upshift.start("cutover"), SOON);
            assertThat(run).containsEntry("status", "ABORTED");
            return run;
        }
    }

    /** As the step is about to: what is written from here on reaches the target no more. */
    private static void stopLink() {
        String subscription = world.target().value("shop", "select subname from pg_subscription");
        world.target().execute("shop", "alter subscription \"" + subscription + "\" disable");
        Awaitility.await("nobody uses the slot")
                .atMost(SOON)
                .until(() -> world.source()
                        .value("shop", "select count(*) from pg_replication_slots where active")
                        .equals("0"));
    }

    private static void writeDirectly(int id) {
        try (Connection straggler = begin(world.source(), id)) {
            straggler.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A client past the poolers who has written in spite of the fence, and not committed. */
    private static Connection begin(PostgresCluster side, int id) {
        try {
            Connection straggler = side.connect("shop", Login.APP);
            straggler.setAutoCommit(false);
            try (Statement statement = straggler.createStatement()) {
                statement.execute("set transaction read write");
                statement.execute(
                        "insert into shop.products (id, name, price) values (%1$d, 'Product %1$d', 1)".formatted(id));
            }
            return straggler;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String products(PostgresCluster side, int id) {
        return side.value("shop", "select count(*) from shop.products where id = " + id);
    }

    private void assertSourceServesAsBefore() {
        writers.awaitAcknowledged(100, SOON);
        assertThat(writers.errors()).isEmpty();
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(upshift.project()).containsEntry("servingSide", "SOURCE");
        world.assertNothingLost(world.source());
        world.assertBothSidesEqual(SOON);
    }
}
