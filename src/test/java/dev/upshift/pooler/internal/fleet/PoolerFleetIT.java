package dev.upshift.pooler.internal.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.Held;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.Refused;
import dev.upshift.pooler.PoolerFleet.HoldOutcome.TooSlow;
import dev.upshift.pooler.internal.configuration.TestStores;
import dev.upshift.pooler.internal.console.PoolerBench;
import dev.upshift.shared.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds and releases real clients on real poolers, with all that can go wrong on the way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoolerFleetIT {

    private static final Logger log = LoggerFactory.getLogger(PoolerFleetIT.class);
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration OFTEN = Duration.ofMillis(10);

    private final ConfigurationStore store = TestStores.files();
    private final PoolerClients clients = PoolerBench.CLIENTS;
    private PoolerBench bench;
    private PgBouncer a;
    private PgBouncer b;

    @BeforeAll
    void start() {
        bench = PoolerBench.shared();
        a = bench.pooler("bouncer-a", "shop", "a-b.C").start();
        b = bench.pooler("bouncer-b", "shop", "a-b.C").start();
    }

    @AfterEach
    void noneIsPaused() {
        assertThat(List.of(a.paused("shop"), a.paused("a-b.C"), b.paused("shop"), b.paused("a-b.C")))
                .containsOnly(false);
    }

    @AfterAll
    void stop() {
        a.close();
        b.close();
    }

    @Test
    void holdsClientsUnderLoadAndLetsThemGoWithoutAnError() {
        try (PoolerFleet fleet = fleet(List.of("shop"), a, b);
                SteadyClients atA = SteadyClients.through(a, "shop", 8, OFTEN);
                SteadyClients atB = SteadyClients.through(b, "shop", 8, OFTEN)) {
            for (int round = 1; round <= 3; round++) {
                atA.awaitMore(200, BUDGET);
                atB.awaitMore(200, BUDGET);
                atA.longestWait();

                assertThat(fleet.holdClients(BUDGET)).isInstanceOfSatisfying(Held.class, held -> {
                    assertThat(held.byPooler()).containsOnlyKeys("bouncer-a", "bouncer-b");
                    log.info("Held: {}", held.byPooler());
                });
                long answered = atA.answered() + atB.answered();
                await().atMost(BUDGET).until(() -> fleet.waiters().clients() == 16);
                assertThat(fleet.waiters().longest()).isPositive();
                assertThat(fleet.entries().values())
                        .allSatisfy(entries -> assertThat(entries)
                                .singleElement()
                                .satisfies(entry -> assertThat(entry.paused()).isTrue()));
                assertThat(atA.answered() + atB.answered()).isEqualTo(answered);

                assertThat(fleet.releaseClients(BUDGET)).isEmpty();
                atA.awaitMore(50, BUDGET);
                atB.awaitMore(50, BUDGET);
                log.info("Longest wait: {}", atA.longestWait());
            }
            assertThat(atA.errors()).isEmpty();
            assertThat(atB.errors()).isEmpty();
        }
    }

    @Test
    void givesUpOnALongTransactionAndLetsEverybodyGo() throws SQLException {
        try (PoolerFleet fleet = fleet(List.of("shop", "a-b.C"), a, b);
                SteadyClients others = SteadyClients.through(b, "shop", 4, OFTEN);
                Connection slow = b.connect("a-b.C", Login.APP);
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("insert into hit default values");
            others.awaitMore(20, BUDGET);

            assertThat(fleet.holdClients(SHORT)).isEqualTo(new TooSlow(Map.of("bouncer-b", 1)));
            assertThat(a.paused("shop") && a.paused("a-b.C") && b.paused("shop") && b.paused("a-b.C"))
                    .isTrue();

            assertThat(fleet.releaseClients(BUDGET)).isEmpty();
            others.awaitMore(20, BUDGET);
            statement.execute("insert into hit default values");
            slow.commit();
            assertThat(others.errors()).isEmpty();

            // The hanging PAUSE has cost a console; the next attempt opens another.
            assertThat(fleet.holdClients(BUDGET)).isInstanceOf(Held.class);
            assertThat(fleet.releaseClients(BUDGET)).isEmpty();
        }
    }

    @Test
    void letsTheOthersGoAtOnceWhenOnePoolerIsFrozen() {
        try (PoolerFleet fleet = fleet(List.of("shop"), a, b)) {
            assertThat(fleet.holdClients(BUDGET)).isInstanceOf(Held.class);
            b.suspend();

            List<String> problems = fleet.releaseClients(Duration.ofSeconds(1));

            assertThat(problems).singleElement().asString().contains("bouncer-b may still hold the clients of shop");
            assertThat(a.paused("shop")).isFalse();
            b.proceed();
            assertThat(fleet.releaseClients(BUDGET)).isEmpty();
        } finally {
            b.proceed();
        }
    }

    @Test
    void findsAPoolerAgainThatWasKilledWhileItHeldClients() {
        try (PoolerFleet fleet = fleet(List.of("shop"), a, b)) {
            assertThat(fleet.holdClients(BUDGET)).isInstanceOf(Held.class);
            b.kill();

            assertThat(fleet.releaseClients(SHORT)).singleElement().asString().contains("bouncer-b");
            assertThat(fleet.reload(SHORT)).singleElement().asString().contains("bouncer-b");
            assertThat(fleet.reconnect()).singleElement().asString().contains("bouncer-b");
            assertThat(fleet.holdClients(SHORT))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.pooler()).isEqualTo("bouncer-b"));
            assertThat(a.paused("shop")).isFalse();

            b.start();
            assertThat(fleet.reconnect()).isEmpty();
            assertThat(fleet.releaseClients(BUDGET)).isEmpty();
        }
    }

    @Test
    void movesClientsToTheOtherClusterWhileTheyAreHeld() {
        PoolerConfiguration before = store.read(PoolerBench.address(a).configuration());
        long old = systemIdentifier(a);
        try (PoolerFleet fleet = fleet(List.of("shop"), a);
                SteadyClients held = SteadyClients.through(a, "shop", 8, OFTEN)) {
            held.awaitMore(100, BUDGET);
            store.stage(
                    PoolerBench.address(a).configuration(),
                    before.repoint(List.of("shop"), PoolerBench.endpoint(bench.fresh.port())));

            assertThat(fleet.holdClients(BUDGET)).isInstanceOf(Held.class);
            store.activate(PoolerBench.address(a).configuration(), before.hash());
            assertThat(fleet.reload(BUDGET)).isEmpty();
            assertThat(fleet.entries().get("bouncer-a"))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.port()).isEqualTo(bench.fresh.port()));
            assertThat(fleet.releaseClients(BUDGET)).isEmpty();

            held.awaitMore(100, BUDGET);
            log.info("Longest wait during a switch of pooler configuration: {}", held.longestWait());
            assertThat(held.errors()).isEmpty();
            assertThat(systemIdentifier(a)).isNotEqualTo(old);
            assertThat(Long.parseLong(bench.fresh.value("shop", "select count(*) from hit")))
                    .isPositive();

            assertThat(fleet.holdClients(BUDGET)).isInstanceOf(Held.class);
            a.replaceConfiguration(before.text());
            fleet.reload(BUDGET);
            assertThat(fleet.releaseClients(BUDGET)).isEmpty();
        } finally {
            store.unstage(PoolerBench.address(a).configuration());
        }
    }

    @Test
    void anEntryMoreAndReloadDoNotDisturbClients() {
        PoolerConfiguration before = store.read(PoolerBench.address(a).configuration());
        PoolerConfiguration probing = before.withAlias("shop", "shop__probe", PoolerBench.endpoint(bench.fresh.port()));
        try (PoolerFleet fleet = fleet(List.of("shop"), a);
                SteadyClients undisturbed = SteadyClients.through(a, "shop", 8, OFTEN)) {
            undisturbed.awaitMore(300, BUDGET);
            Duration usual = undisturbed.longestWait();

            store.replace(PoolerBench.address(a).configuration(), probing, before.hash());
            assertThat(fleet.reload(BUDGET)).isEmpty();
            assertThat(clients.look(PoolerBench.address(a), "shop__probe", BUDGET)
                            .systemIdentifier())
                    .isNotEqualTo(systemIdentifier(a));
            store.replace(PoolerBench.address(a).configuration(), before, probing.hash());
            assertThat(fleet.reload(BUDGET)).isEmpty();

            undisturbed.awaitMore(300, BUDGET);
            Duration disturbed = undisturbed.longestWait();
            log.info("Longest wait usually {}, with two RELOADs {}", usual, disturbed);
            assertThat(undisturbed.errors()).isEmpty();
            assertThat(disturbed).isLessThan(Duration.ofSeconds(1));
            assertThat(a.configuration()).isEqualTo(before.text());
        }
    }

    @Test
    void bringsClientsBackWhereAPauseHasStoppedThePoolerFromOpeningConnections() {
        try (PgBouncer eager = bench.pooler("bouncer-eager", "shop")
                        .setting("min_pool_size", "3")
                        .start();
                PoolerFleet fleet = fleet(List.of("shop"), eager);
                SteadyClients stuck = SteadyClients.through(eager, "shop", 4, OFTEN)) {
            stuck.awaitMore(50, BUDGET);
            assertThat(fleet.holdClients(BUDGET))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).contains("min_pool_size 3"));
            assertThat(eager.paused()).isFalse();

            eager.command("PAUSE shop");
            await().atMost(BUDGET).until(() -> fleet.waiters().clients() == 4);
            // PgBouncer looks after min_pool_size three times per second.
            await().atMost(BUDGET).until(() -> fleet.waiters().longest().compareTo(Duration.ofMillis(700)) > 0);
            assertThat(fleet.releaseClients(BUDGET)).isEmpty();

            stuck.awaitMore(50, Duration.ofSeconds(3));
            assertThat(stuck.errors()).isEmpty();
            assertThat(eager.show("CONFIG"))
                    .anySatisfy(setting -> assertThat(setting)
                            .containsEntry("key", "server_login_retry")
                            .containsEntry("value", "15"));
        }
    }

    private long systemIdentifier(PgBouncer pooler) {
        return clients.look(PoolerBench.address(pooler), "shop", BUDGET).systemIdentifier();
    }

    private static PoolerFleet fleet(List<String> entries, PgBouncer... poolers) {
        Clock clock = Clock.systemUTC();
        return new ParallelPoolerFleets(PoolerBench.CONSOLES, new Waiting(clock), clock)
                .open(
                        Arrays.stream(poolers).map(PoolerBench::address).toList(),
                        Arrays.stream(poolers).collect(Collectors.toMap(PgBouncer::name, pooler -> entries)));
    }
}
