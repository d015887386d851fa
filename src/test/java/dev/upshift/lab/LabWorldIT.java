package dev.upshift.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The world that upgrades are tested in works by itself: servers, poolers, load and bookkeeping. */
class LabWorldIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static LabWorld world;

    @BeforeAll
    static void startWorld() {
        world = LabWorld.builder()
                .poolers(pooler -> pooler.setting("server_login_retry", "1"))
                .start();
    }

    @AfterAll
    static void closeWorld() {
        world.close();
        assertThat(world.directory()).doesNotExist();
        assertThat(world.source().isRunning()).isFalse();
        assertThat(world.pooler(0).isRunning()).isFalse();
    }

    @Test
    void writersFindAllTheyWroteAndSeeAPauseAsAWait() {
        LedgerWriters writers = world.startWriters(20, 200);
        Instant begin = Instant.now();
        writers.awaitAcknowledged(400, SOON);
        Instant beforePause = Instant.now();

        world.poolers().forEach(pooler -> pooler.command("PAUSE shop"));
        Instant paused = Instant.now();
        assertThat(world.poolers()).allMatch(PgBouncer::paused);
        Awaitility.await("clients to be held")
                .atMost(SOON)
                .until(() -> writers.longestWait(paused, Instant.now()).toMillis() >= 300);
        long heldAt = writers.counters().acknowledged();
        world.poolers().forEach(pooler -> pooler.command("RESUME shop"));
        Instant resumed = Instant.now();
        writers.awaitAcknowledged(400, SOON);
        Instant end = Instant.now();
        writers.stop();

        assertThat(heldAt).isGreaterThanOrEqualTo(400);
        assertThat(writers.longestWait(beforePause, resumed)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(writers.longestWait(begin, beforePause)).isLessThan(writers.longestWait(beforePause, resumed));
        assertThat(writers.acknowledgedBetween(begin, end)).isGreaterThanOrEqualTo(800);
        assertThat(writers.errors()).isEmpty();
        assertThat(writers.counters().errors()).isZero();
        assertThat(writers.counters().inDoubt()).isZero();
        LedgerReport report = world.proof().assertHolds(world.source());
        assertThat(report.acknowledged())
                .isGreaterThanOrEqualTo(writers.counters().acknowledged());
        assertThat(report.rows()).isPositive();
    }

    @Test
    void writersSurviveTheDeathOfAServerAndKnowWhatIsInDoubt() {
        LedgerWriters writers = world.startWriters(20, 200);
        writers.awaitAcknowledged(100, SOON);

        world.source().kill();
        Awaitility.await("clients to notice")
                .atMost(SOON)
                .until(() -> writers.counters().errors() > 0);
        world.source().restart();
        world.poolers().forEach(pooler -> pooler.command("RECONNECT shop"));
        writers.awaitAcknowledged(200, Duration.ofSeconds(60));
        writers.stop();

        assertThat(writers.errors()).isNotEmpty();
        world.proof().assertHolds(world.source());
    }

    @Test
    void writersSurviveTheDeathOfAPooler() {
        LedgerWriters writers = world.startWriters(10, 100);
        writers.awaitAcknowledged(50, SOON);

        world.pooler(1).kill();
        Awaitility.await("clients to notice")
                .atMost(SOON)
                .until(() -> writers.counters().errors() > 0);
        world.pooler(1).start();
        writers.awaitAcknowledged(200, SOON);
        writers.stop();

        assertThat(writers.counters().reconnects()).isPositive();
        world.proof().assertHolds(world.source());
    }

    @Test
    void targetHasAnEmptyDatabaseAndNoApplicationRole() {
        assertThat(world.target()
                        .value("shop", "select count(*) from pg_class where relnamespace::regnamespace::text = 'shop'"))
                .isEqualTo("0");
        assertThatThrownBy(() -> world.target().connect("shop", Login.APP)).isInstanceOf(SQLException.class);
    }

    @Test
    void schemaHoldsWhatRealSchemasHold() {
        PostgresCluster source = world.source();
        assertThat(source.value("shop", "select count(*) from shop.\"Events\"")).isNotNull();
        assertThat(source.value("shop", "select count(*) from shop.\"Customer Turnover\""))
                .isEqualTo("200");
        assertThat(source.value("shop", "select is_called from shop.\"Voucher Numbers\""))
                .isEqualTo("f");
        assertThat(source.rows(
                        "shop",
                        "select * from pg_sequences where schemaname = 'shop' and data_type = 'smallint'::regtype"))
                .hasSize(1);
        assertThat(source.value("shop", "select count(*) from shop.\"Price History\""))
                .isEqualTo("5");
    }

    @Test
    void poolerRefusesAWrongPasswordAndServesTheRightOne() throws SQLException {
        PgBouncer pooler = world.pooler(0);
        assertThatThrownBy(() -> pooler.connect("shop", new Login("app", "wrong")))
                .isInstanceOf(SQLException.class);
        try (Connection connection = pooler.connect("shop", Login.APP)) {
            assertThat(Sql.value(connection, "select current_user")).isEqualTo("app");
        }
    }

    @Test
    void poolerTakesARewrittenConfigurationOnReload() {
        PgBouncer pooler = world.pooler(0);
        String before = pooler.configuration();
        assertThat(pooler.leadsTo("shop")).isEqualTo(world.source().port());

        pooler.replaceConfiguration(
                before.replace("[databases]\n", "[databases]\nalias = host=127.0.0.1 port=1234 dbname=shop\n"));
        pooler.command("RELOAD");
        assertThat(pooler.leadsTo("alias")).isEqualTo(1234);

        pooler.replaceConfiguration(before);
        pooler.command("RELOAD");
        assertThat(pooler.configuration()).isEqualTo(before);
    }

    @Test
    void aFrozenPoolerTakesConnectionsAndDoesNotAnswer() {
        PgBouncer pooler = world.pooler(0);
        pooler.suspend();
        try {
            assertThat(pooler.isRunning()).isTrue();
            assertThat(LoopbackPorts.isFree(pooler.port())).isFalse();
        } finally {
            pooler.proceed();
        }
        assertThat(pooler.paused()).isFalse();
    }

    @Test
    void aSecondWorldLivesBesideTheFirst() {
        try (LabWorld second = LabWorld.builder()
                .source(17)
                .target(18)
                .poolers(1)
                .durable(false)
                .start()) {
            assertThat(Files.exists(second.directory())).isTrue();
            assertThat(second.source().major()).isEqualTo(17);
            assertThat(world.source().isRunning()).isTrue();
        }
        assertThat(world.source().isRunning()).isTrue();
    }
}
