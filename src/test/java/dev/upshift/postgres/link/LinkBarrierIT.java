package dev.upshift.postgres.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.link.LinkBarrier.Reading;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * The barrier between real servers whose subscriber is in no hurry at all to flush: apply does not wait for the disk,
 * and the server's own writer comes by every ten seconds.
 */
class LinkBarrierIT {

    private static final String SHOP = LedgerSchema.DATABASE;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(1);

    private static LabWorld world;
    private static AnnotationConfigApplicationContext module;
    private static LinkBarrier barrier;

    @BeforeAll
    static void start() {
        world = LabWorld.builder()
                .preparedTarget()
                .clusters(cluster -> cluster.setting("wal_writer_delay", "10s"))
                .start();
        module = new AnnotationConfigApplicationContext(PostgresModule.class);
        barrier = new LinkBarrier(
                module.getBean(HelperSchema.class), module.getBean(Links.class), new Waiting(Clock.systemUTC()));
        for (PostgresCluster cluster : new PostgresCluster[] {world.source(), world.target()}) {
            try (PostgresSession session = open(cluster)) {
                module.getBean(HelperSchema.class).create(session);
            }
            cluster.execute(SHOP, "create table parcel (id integer primary key)");
        }
        world.source().execute(SHOP, "create publication parcels for table parcel, upshift.sentinel");
        world.target().execute(SHOP, """
                create subscription parcels connection 'host=%s port=%d dbname=%s user=%s password=%s'
                publication parcels with (synchronous_commit = off)""".formatted(
                PostgresCluster.HOST, world.source().port(), SHOP, Login.UPSHIFT.user(), Login.UPSHIFT.password()));
        await().atMost(LONG)
                .until(() -> world.target()
                        .value(SHOP, "select bool_and(srsubstate = 'r') from pg_subscription_rel")
                        .equals("t"));
    }

    @AfterAll
    static void stop() {
        module.close();
        world.close();
    }

    @Test
    void whatIsBehindItSurvivesTheSubscribersDeath() {
        try (PostgresSession source = open(world.source());
                PostgresSession target = open(world.target())) {
            world.source().execute(SHOP, "insert into parcel select generate_series(1, 1000)");

            Reading reading = barrier.await(source, target, LONG, OFTEN, () -> true);

            assertThat(reading.reached()).isTrue();
            assertThat(reading.flushed().orElseThrow())
                    .isGreaterThanOrEqualTo(reading.arrived().orElseThrow());
        }
        // What the publisher would send again must not count.
        world.source().stop();
        world.target().kill();
        world.target().restart();
        assertThat(world.target().value(SHOP, "select count(*) from parcel")).isEqualTo("1000");
        world.source().restart();
    }

    @Test
    void isNotReachedWhileNothingArrives() {
        world.target().execute(SHOP, "alter subscription parcels disable");
        try (PostgresSession source = open(world.source());
                PostgresSession target = open(world.target())) {
            Reading late = barrier.await(source, target, Duration.ofMillis(300), OFTEN, () -> true);

            assertThat(late.reached()).isFalse();
            assertThat(late.arrived()).isEmpty();
            assertThat(late.flushed()).isEmpty();

            world.target().execute(SHOP, "alter subscription parcels enable");
            assertThat(barrier.await(source, target, LONG, OFTEN, () -> true).reached())
                    .isTrue();
        }
    }

    @Test
    void endsWhenNobodyWantsItAnyMore() {
        world.target().execute(SHOP, "alter subscription parcels disable");
        try (PostgresSession source = open(world.source());
                PostgresSession target = open(world.target())) {
            assertThat(barrier.await(source, target, Duration.ofHours(1), OFTEN, () -> false)
                            .reached())
                    .isFalse();
        } finally {
            world.target().execute(SHOP, "alter subscription parcels enable");
        }
    }

    private static PostgresSession open(PostgresCluster cluster) {
        Endpoint endpoint = new Endpoint(
                PostgresCluster.HOST,
                cluster.port(),
                Login.UPSHIFT.user(),
                new Secret(Login.UPSHIFT.password()),
                SslMode.DISABLE);
        return module.getBean(PostgresSessions.class).open(endpoint, SHOP, PostgresSessions.SHORT);
    }

    @TestConfiguration
    @ComponentScan("dev.upshift.postgres")
    @ConfigurationPropertiesScan("dev.upshift.postgres")
    @Import(Waiting.class)
    static class PostgresModule {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
