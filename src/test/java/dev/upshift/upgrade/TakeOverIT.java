package dev.upshift.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerWriters;
import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.Processes;
import dev.upshift.metadata.TestMetadata;
import dev.upshift.metadata.TestMetadata.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/** Two control planes, each a process, over one metadata database: what happens to clients when one goes. */
class TakeOverIT {

    private static final Logger log = LoggerFactory.getLogger(TakeOverIT.class);

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(4);

    /** Clients that are held flow again within this time of their owner's last sign of life. */
    private static final Duration PROMISED = Duration.ofSeconds(3);

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    private static Path directory;

    private static LabWorld world;
    private static TestDatabase metadata;
    private static ControlPlaneProcess a;
    private static ControlPlaneProcess b;

    private LedgerWriters writers;

    @BeforeAll
    static void replicate() {
        world = LabWorld.builder().start();
        metadata = TestMetadata.empty();
        a = start("a").awaitReady();
        b = start("b");
        Map<String, Object> project = ControlPlane.project(world, settings -> {
            settings.put("pauseBudget", "PT30S");
            settings.put("pauseAttempts", 1);
            settings.put("longTransactionLimit", "PT1M");
            return settings;
        });
        a.register(project);
        a.succeed("copy-schema", LATER);
        a.succeed("replicate", LATER);
        b.awaitReady();
    }

    private static ControlPlaneProcess start(String name) {
        return ControlPlaneProcess.start(directory.resolve(name), freePort(), metadata.url(), KEY);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void end() {
        a.close();
        b.close();
        world.close();
    }

    @BeforeEach
    void write() {
        if (!a.isAlive()) {
            a = start("a");
        }
        if (!b.isAlive()) {
            b = start("b");
        }
        a.signal("CONT");
        a.awaitReady();
        b.awaitReady();
        writers = world.startWriters(16, 200);
        writers.awaitAcknowledged(100, SOON);
    }

    @AfterEach
    void stop() {
        writers.stop();
    }

    @Test
    void anOwnerThatIsKilledIsReplaced() throws SQLException {
        int number;
        Instant died;
        Duration held;
        try (Connection slow = openTransaction()) {
            number = holdClients(a);
            a.signal("KILL");
            died = Instant.now();
            held = untilClientsFlow(died);
            slow.rollback();
        }

        assertThat(held).as(b.log()).isLessThan(PROMISED);
        assertWentBack(b, number);
    }

    /** Its PAUSE is as old as its absence; what counts is that it lets clients go as soon as it is back. */
    @Test
    void anOwnerThatIsAloneGoesOnAfterItsRestart() throws SQLException {
        b.close();
        int number;
        Duration held;
        try (Connection slow = openTransaction()) {
            number = holdClients(a);
            a.close();
            a = start("a").awaitReady();
            held = untilClientsFlow(Instant.now());
            slow.rollback();
        }

        assertThat(held).as(a.log()).isLessThan(PROMISED);
        assertWentBack(a, number);
    }

    @Test
    void anOwnerThatHangsIsReplacedAndDoesNothingMoreWhenItWakes() throws SQLException {
        int number;
        Duration held;
        try (Connection slow = openTransaction()) {
            number = holdClients(a);
            a.signal("STOP");
            Instant stopped = Instant.now();
            held = untilClientsFlow(stopped);
            slow.rollback();
        }
        assertThat(held).as(b.log()).isLessThan(PROMISED);
        assertWentBack(b, number);
        String journal = b.journal(number);

        a.signal("CONT");

        a.awaitReady();
        Awaitility.await("nothing is paused, for a while")
                .during(Duration.ofSeconds(3))
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> world.poolers().stream().noneMatch(PgBouncer::paused));
        assertThat(b.journal(number)).isEqualTo(journal);
        assertSourceServes();
    }

    @Test
    void theSameCutoverAskedForTwiceRunsOnce() {
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                () -> a.ask("cutover").getStatusCode().value());
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(
                () -> b.ask("cutover").getStatusCode().value());

        assertThat(List.of(first.join(), second.join())).containsExactlyInAnyOrder(202, 409);
        int number = newestRun();
        assertThat(a.await(number, LATER)).containsEntry("status", "SUCCEEDED");
        assertThat(newestRun()).isEqualTo(number);
        b.succeed("rollback", LATER);
        assertSourceServes();
    }

    @Test
    void aControlPlaneThatIsStoppedInTheWindowLeavesNobodyHeld() throws SQLException {
        int number;
        try (Connection slow = openTransaction()) {
            number = holdClients(a);
            a.signal("TERM");
            slow.rollback();
        }
        writers.awaitAcknowledged(200, SOON);
        assertThat(a.awaitEnd(SOON)).isTrue();

        assertThat(b.await(number, LATER)).containsEntry("status", "SUCCEEDED");
        b.succeed("rollback", LATER);
        assertSourceServes();
    }

    /** Nobody can take the run over, so its owner lets clients go as long as it is sure that nobody has. */
    @Test
    void anOwnerThatLosesTheMetadataDatabaseLetsClientsGo() throws SQLException {
        ProcessHandle server = metadataServer();
        int number;
        Duration held;
        try (Connection slow = openTransaction()) {
            number = holdClients(a);
            Processes.signal("STOP", Processes.tree(server));
            try {
                held = untilClientsFlow(Instant.now());
            } finally {
                Processes.signal("CONT", Processes.tree(server));
            }
            slow.rollback();
        }

        assertThat(held).as(a.log()).isLessThan(PROMISED);
        assertWentBack(b, number);
        assertThat(b.get("/projects/shop/runs/" + number).get("outcome").toString())
                .containsAnyOf("metadata database did not answer", "The control plane ended during the run");
    }

    private static ProcessHandle metadataServer() throws SQLException {
        try (Connection connection = metadata.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
        }
    }

    @Test
    void allRunsAreStoppedFromAnyControlPlane() throws SQLException {
        int number;
        Map<String, Object> stopped;
        try (Connection slow = openTransaction()) {
            number = holdClients(a);
            stopped = b.post("/stop-order", Map.of("confirmation", "stop all runs", "reason", "storage trouble"))
                    .getBody();
            untilClientsFlow(Instant.now());
            slow.rollback();
        }

        assertThat(stopped).extracting("aborting").asString().contains("slug=shop", "number=" + number);
        assertWentBack(a, number);
        assertThat(a.get("/projects/shop/runs/" + number).get("outcome")).isEqualTo("Aborted by admin.");
        ResponseEntity<Map<String, Object>> refused = a.ask("cutover");
        assertThat(refused.getStatusCode().value()).isEqualTo(409);
        assertThat(refused.getBody()).asString().contains("All runs are stopped: by admin, because: storage trouble");

        assertThat(a.post("/stop-order/lift", Map.of("confirmation", "allow runs"))
                        .getBody())
                .containsEntry("stopped", false);
        assertThat(a.plan("cutover")).containsEntry("allowed", true);
    }

    /** PAUSE waits for it, so that the moment at which clients are held is long enough to be met. */
    private static Connection openTransaction() throws SQLException {
        Connection slow = world.pooler(0).connect("shop", Login.APP);
        slow.setAutoCommit(false);
        try (Statement statement = slow.createStatement()) {
            statement.execute("select 1");
        }
        return slow;
    }

    private int holdClients(ControlPlaneProcess owner) {
        int number = owner.start("cutover");
        Awaitility.await("clients are held")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> world.pooler(1).paused());
        return number;
    }

    private Duration untilClientsFlow(Instant since) {
        Awaitility.await("clients flow again")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> world.poolers().stream().noneMatch(PgBouncer::paused));
        Duration held = Duration.between(since, Instant.now());
        writers.awaitAcknowledged(20, SOON);
        log.info("Clients flow {} ms after the owner's end", held.toMillis());
        return held;
    }

    private static int newestRun() {
        return (Integer) a.newestRun().get("number");
    }

    private void assertWentBack(ControlPlaneProcess successor, int number) {
        Map<String, Object> run = successor.await(number, SOON);
        assertThat(run).containsEntry("status", "ABORTED");
        assertSourceServes();
    }

    private void assertSourceServes() {
        writers.awaitAcknowledged(100, SOON);
        assertThat(writers.errors()).isEmpty();
        assertThat(world.poolers()).noneMatch(PgBouncer::paused);
        assertThat(world.poolers())
                .allMatch(pooler -> pooler.leadsTo("shop") == world.source().port());
        assertThat(
                        world.source()
                                .value(
                                        "shop",
                                        "select count(*) from pg_db_role_setting where setrole = 0 and setconfig::text like '%read_only%'"))
                .isEqualTo("0");
        world.assertNothingLost(world.source());
        world.assertBothSidesEqual(SOON);
    }
}
