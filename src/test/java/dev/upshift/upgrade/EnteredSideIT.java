package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.PostgresCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.postgresql.PGConnection;

/** Somebody is at work on the side that is entered, so that clients, or we, would wait for him there. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnteredSideIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);
    /** Up to the end of the sentence, or of the part of it. */
    private static final String FENCED = "SET default_transaction_read_only = off; [A-Z](?:[^;,.]|[.](?=\\S))*";

    @TempDir
    private static Path directory;

    private static LabWorld world;
    private static ControlPlane upshift;

    private final AtomicReference<Connection> holder = new AtomicReference<>();
    private LedgerWriters writers;

    @BeforeAll
    static void replicate() {
        world = LabWorld.builder()
                .durable(false)
                .clusters(cluster -> cluster.setting("max_prepared_transactions", "5"))
                .start();
        world.source().execute("shop", """
                create table public.audited (id int primary key);
                create function public.audit() returns trigger language plpgsql as 'begin return null; end';
                create trigger audit after insert on public.audited for each row execute function public.audit()""");
        upshift = ControlPlane.start(directory);
        upshift.register(ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", "PT10S");
            settings.put("longTransactionLimit", "PT2S");
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
    void whoLocksATableIsNamedInThePlan() throws SQLException {
        int process = hold("shop", "lock table shop.\"Remarks\" in share mode");

        String reason = guard("cutover", "target-accepts-writes");
        assertThat(reason)
                .startsWith("false")
                .contains("process " + process, "holds ShareLock on shop.\"Remarks\"", "open since");
        world.target().execute("shop", found("SELECT pg_terminate_backend\\(\\d+\\);", reason));
        awaitAllowed("cutover", "target-accepts-writes");
    }

    @Test
    @Order(2)
    void whoLocksATableBeforeTheWindowIsNamedBeforeClientsAreHeld() throws Exception {
        for (String step : List.of("stage-configuration", "wait-for-calm")) {
            Map<String, Object> run =
                    aborted(step, () -> hold("shop", "create index on shop.\"Remarks\" (\"Order Id\")"));

            assertThat(outcome(run)).contains("holds ShareLock on shop.\"Remarks\"", "pg_terminate_backend");
            assertThat(upshift.journal((Integer) run.get("number"))).doesNotContain("pause-poolers");
            holder.get().close();
        }
    }

    /** Sessions of clients are ended there in the window, because a sequence has a CACHE. */
    @Test
    @Order(3)
    void whatLocksATableInTheWindowKeepsClientsWhereTheyAre() throws Exception {
        Map<String, Object> run = aborted("stop-link", () -> world.target().execute("shop", """
                begin;
                lock table shop."Remarks" in exclusive mode;
                prepare transaction 'forgotten'"""));

        assertThat(outcome(run))
                .contains("the prepared transaction 'forgotten' of upshift", "holds ExclusiveLock on shop.\"Remarks\"");
        world.target().execute("shop", found("ROLLBACK PREPARED [^;]*;", outcome(run)));
    }

    @Test
    @Order(4)
    void aSynchronousStandbyThatIsAwayIsNamedInThePlan() {
        await("away");

        String reason = guard("cutover", "target-accepts-writes");
        assertThat(reason).startsWith("false").contains("synchronous_standby_names = 'away'");
        world.target().execute("shop", found("ALTER SYSTEM [^;]*;", reason));
        world.target().execute("shop", "select pg_reload_conf()");
        awaitAllowed("cutover", "target-accepts-writes");
    }

    /** None of our statements waits for it, so nothing of ours is left half done. */
    @Test
    @Order(5)
    void aSynchronousStandbyThatGoesAwayInTheWindowKeepsClientsWhereTheyAre() throws Exception {
        Map<String, Object> run = aborted("pause-poolers", () -> await("away"));

        assertThat(outcome(run)).contains("synchronous_standby_names = 'away'");
        assertThat(world.target().value("shop", "select subenabled from pg_subscription"))
                .isEqualTo("t");
        await("");
        awaitAllowed("cutover", "workers-running");
        world.assertBothSidesEqual(SOON);
    }

    @Test
    @Order(6)
    void whoHasWrittenAnywhereOnThatServerIsNamedInThePlan() throws SQLException {
        int process = hold("postgres", "create temporary table mine ()");

        Awaitility.await()
                .atMost(SOON)
                .until(() -> guard("cutover", "long-transactions").startsWith("false"));
        String reason = guard("cutover", "long-transactions");
        assertThat(reason)
                .contains("target: the slot of the way back would wait", "process " + process, "in database postgres");
        world.target().execute("shop", found("SELECT pg_terminate_backend\\(\\d+\\);", reason));
        awaitAllowed("cutover", "long-transactions");
    }

    @Test
    @Order(7)
    void whoHasWrittenThereSinceIsNamedByTheStepThatWaitsForHim() throws Exception {
        AtomicReference<Integer> process = new AtomicReference<>();
        Map<String, Object> run =
                aborted("stage-configuration", () -> process.set(hold("postgres", "create temporary table mine ()")));

        assertThat(outcome(run)).contains("process " + process, "in database postgres", "pg_terminate_backend");
    }

    /** After the last look: the run is not over before they can write, and says what keeps them from it. */
    @Test
    @Order(8)
    void whoMakesClientsReadOnlyAfterThePointOfNoReturnIsNoticed() throws Exception {
        int number;
        try (AutoCloseable ignored = upshift.when(
                "move-clients",
                () -> world.target()
                        .execute(
                                "postgres",
                                "alter role app in database shop set default_transaction_read_only = on"))) {
            number = upshift.start("cutover");
            Awaitility.await("the run to notice")
                    .atMost(SOON)
                    .until(() -> upshift.journal(number).contains("app may only read, other than on the source"));
        }
        assertThat(upshift.newestRun()).containsEntry("status", "RUNNING");
        runIn(world.target(), "shop", found("ALTER ROLE [^;]*; ALTER ROLE [^;]*;", upshift.journal(number)));

        Map<String, Object> run = upshift.await(number, SOON);
        assertThat(run).containsEntry("status", "SUCCEEDED");
        assertThat(upshift.journal(number)).contains("stay so: RECONNECT at its console.");
        world.poolers().forEach(pooler -> pooler.command("RECONNECT shop"));
        writers.awaitAcknowledged(50, SOON);
        world.assertNothingLost(world.target());
        upshift.succeed("rollback", SOON);
    }

    /** Taken from the guard's own words. */
    @Test
    @Order(9)
    void whatAGuardGivesForAFencedSideRunsThere() throws SQLException {
        upshift.succeed("cutover", SOON);
        PostgresCluster fenced = world.source();
        String link = fenced.value("shop", "select subname from pg_subscription");

        behindFence("alter subscription \"%s\" disable".formatted(link));
        mend("workers-running");

        behindFence("alter table public.audited enable always trigger audit");
        mend("always-triggers");

        world.target().execute("shop", "create table public.late (id int primary key)");
        behindFence("create table public.late (id int primary key)");
        world.target().execute("shop", "alter publication \"%s\" add table public.late".formatted(link));
        mend("tables-ready");
        awaitAllowed("rollback", "tables-ready");
        // Whoever disables a subscription or alters a trigger may have let rows be passed over, or changed some.
        upshift.succeed("verify", SOON);

        upshift.succeed("rollback", SOON);
        upshift.succeed("cutover", SOON);
        String outcome = outcome(upshift.succeed("finish", SOON));
        runIn(fenced, "shop", found("BEGIN READ WRITE; ALTER DATABASE .* COMMIT;", outcome));
        fenced.execute("shop", "create table public.open ()");
    }

    private static void mend(String guard) throws SQLException {
        Awaitility.await(guard)
                .atMost(SOON)
                .until(() -> guard("rollback", guard).startsWith("false"));
        runIn(world.source(), "shop", found(FENCED, guard("rollback", guard)));
        awaitAllowed("rollback", guard);
    }

    /** One statement after the other, as psql does. */
    private static void runIn(PostgresCluster side, String database, String statements) throws SQLException {
        try (Connection connection = side.connect(database);
                Statement statement = connection.createStatement()) {
            for (String one : statements.split(";")) {
                statement.execute(one);
            }
        }
    }

    private static void behindFence(String statement) {
        world.source().execute("shop", "begin read write; " + statement + "; commit");
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group();
    }

    /** In a transaction on the target that stays open. */
    private int hold(String database, String statement) {
        try {
            Connection connection = world.target().connect(database);
            holder.set(connection);
            connection.setAutoCommit(false);
            try (Statement sent = connection.createStatement()) {
                sent.execute(statement);
            }
            return connection.unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String standbys) {
        PostgresCluster target = world.target();
        target.execute("shop", "alter system set synchronous_standby_names = '%s'".formatted(standbys));
        target.execute("shop", "select pg_reload_conf()");
        Awaitility.await()
                .atMost(SOON)
                .until(() ->
                        target.value("shop", "show synchronous_standby_names").equals(standbys));
    }

    private Map<String, Object> aborted(String step, Runnable action) throws Exception {
        Map<String, Object> run;
        try (AutoCloseable ignored = upshift.when(step, action)) {
            run = upshift.await(upshift.start("cutover"), SOON);
        }
        assertThat(run).containsEntry("status", "ABORTED");
        writers.awaitAcknowledged(50, SOON);
        assertThat(writers.errors()).isEmpty();
        assertThat(upshift.project()).containsEntry("servingSide", "SOURCE");
        world.assertNothingLost(world.source());
        return run;
    }

    private static String outcome(Map<String, Object> run) {
        return String.valueOf(run.get("outcome"));
    }

    private static void awaitAllowed(String procedure, String guard) {
        Awaitility.await(guard).atMost(SOON).until(() -> guard(procedure, guard).startsWith("true"));
    }

    private static String guard(String procedure, String name) {
        return ((List<?>) upshift.plan(procedure).get("guards"))
                .stream()
                        .map(guard -> (Map<?, ?>) guard)
                        .filter(guard -> name.equals(guard.get("guard")))
                        .map(guard -> guard.get("allowed") + " " + guard.get("reason"))
                        .findFirst()
                        .orElseThrow();
    }
}
