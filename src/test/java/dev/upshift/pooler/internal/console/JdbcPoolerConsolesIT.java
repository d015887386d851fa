package dev.upshift.pooler.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The console of a real PgBouncer, and what it says to those who may not use it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcPoolerConsolesIT {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private PoolerBench bench;
    private PgBouncer pooler;

    @BeforeAll
    void start() {
        bench = PoolerBench.shared();
        pooler = bench.pooler("bouncer", "shop", "Mixed", "a-b.c")
                .setting("stats_users", "app")
                .start();
    }

    @AfterAll
    void stop() {
        pooler.close();
    }

    @Test
    void readsWhatTheConsoleShows() {
        try (PoolerConsole console = open(Login.UPSHIFT, pooler.port())) {
            assertThat(console.pooler()).isEqualTo("bouncer");
            assertThat(console.version()).matches("1\\.\\d+\\.\\d+");
            assertThat(console.config()).containsEntry("pool_mode", "transaction");
            assertThat(console.databases())
                    .extracting(PoolerConsole.DatabaseEntry::name)
                    .containsExactlyInAnyOrder("shop", "Mixed", "a-b.c", "legacy");
            assertThat(console.databases())
                    .filteredOn(entry -> entry.name().equals("Mixed"))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.host()).isEqualTo("127.0.0.1");
                        assertThat(entry.port()).isEqualTo(bench.old.port());
                        assertThat(entry.database()).isEqualTo("shop");
                        assertThat(entry.paused() || entry.disabled()).isFalse();
                        assertThat(entry.forcedUser()).isNull();
                        assertThat(entry.poolMode()).isNull();
                    });
        }
    }

    @Test
    void showsAPoolOnceAClientUsedIt() {
        new JdbcPoolerClients().look(address(Login.APP, pooler.port()), "shop", DEADLINE);

        try (PoolerConsole console = open(Login.UPSHIFT, pooler.port())) {
            assertThat(console.pools())
                    .filteredOn(pool -> pool.database().equals("shop"))
                    .singleElement()
                    .satisfies(pool -> {
                        assertThat(pool.user()).isEqualTo("app");
                        assertThat(pool.poolMode()).isEqualTo("transaction");
                        assertThat(pool.serversReady()).isEqualTo(1);
                        assertThat(pool.maxWait()).isZero();
                    });
        }
    }

    @Test
    void pausesAndResumesEntriesWhateverTheirNames() {
        try (PoolerConsole console = open(Login.UPSHIFT, pooler.port())) {
            for (String entry : new String[] {"Mixed", "a-b.c"}) {
                console.pause(entry);
                assertThat(pooler.paused(entry)).isTrue();
                assertThat(console.resume(entry)).isTrue();
                assertThat(pooler.paused(entry)).isFalse();
                assertThat(console.resume(entry)).isFalse();
            }
        }
    }

    @Test
    void tellsWhatPgBouncerRefuses() {
        try (PoolerConsole console = open(Login.UPSHIFT, pooler.port())) {
            assertThatThrownBy(() -> console.pause("mixed"))
                    .isInstanceOf(CommandRefused.class)
                    .hasMessageContaining("Pooler bouncer")
                    .hasMessageContaining("no such database: mixed");
            assertThatThrownBy(() -> console.pause("no\"such; thing"))
                    .isInstanceOf(CommandRefused.class)
                    .hasMessageContaining("no such database: no\"such; thing");
            assertThatThrownBy(() -> console.pause("x".repeat(70))).isInstanceOf(CommandRefused.class);
            assertThat(console.databases()).isNotEmpty();
        }
    }

    @Test
    void takesSettingsUntilTheNextReload() {
        try (PoolerConsole console = open(Login.UPSHIFT, pooler.port())) {
            console.set("server_login_retry", "0.05");
            assertThat(console.config()).containsEntry("server_login_retry", "0.05");
            console.reload();
            assertThat(console.config()).containsEntry("server_login_retry", "15");
        }
    }

    @Test
    void refusesAUserWhoMayOnlyLook() {
        refused(address(Login.APP, pooler.port()), Reason.NOT_ADMIN, "app may look at pooler bouncer", "admin_users");
    }

    @Test
    void refusesAUserWhoMayNotEvenLook() {
        try (PgBouncer strict = bench.pooler("bouncer-strict", "shop").start()) {
            refused(address(Login.APP, strict.port()), Reason.NOT_ADMIN, "app may not use its console", "admin_users");
        }
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownUser() {
        refused(address(new Login("upshift", "geheim"), pooler.port()), Reason.AUTHENTICATION, "user upshift");
        refused(address(new Login("nobody", "geheim"), pooler.port()), Reason.AUTHENTICATION, "user nobody");
        refused(address(new Login("upshift", ""), pooler.port()), Reason.AUTHENTICATION, "user upshift");
    }

    @Test
    void tellsWhyNobodyAnswers() {
        refused(address(Login.UPSHIFT, 1), Reason.REFUSED, "nothing listens there");
        refused(at("no-such-host.invalid", SslMode.DISABLE), Reason.HOST_UNKNOWN, "host name is not known");
        refused(at("a,b", SslMode.DISABLE), Reason.HOST_UNKNOWN, "not one host name");
        refused(at("127.0.0.1", SslMode.REQUIRE), Reason.OTHER, "encrypted");
        refused(address(Login.UPSHIFT, bench.old.port()), Reason.OTHER, "no PgBouncer console");
    }

    @Test
    void doesNotWaitForAFrozenPoolerForEver() {
        try (PoolerConsole console = open(Login.UPSHIFT, pooler.port())) {
            pooler.suspend();
            refused(address(Login.UPSHIFT, pooler.port()), Reason.TIMED_OUT, "nothing answered in time");
            assertThatThrownBy(console::databases)
                    .isInstanceOfSatisfying(
                            PoolerUnreachable.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT));
        } finally {
            pooler.proceed();
        }
    }

    @Test
    void noticesThatThePoolerHasGone() {
        try (PgBouncer shortLived = bench.pooler("bouncer-short-lived", "shop").start();
                PoolerConsole console = open(Login.UPSHIFT, shortLived.port())) {
            shortLived.kill();
            assertThatThrownBy(console::databases)
                    .isInstanceOfSatisfying(
                            PoolerUnreachable.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOST));
        }
    }

    private static PoolerConsole open(Login login, int port) {
        return PoolerBench.CONSOLES.open(address(login, port), DEADLINE);
    }

    private static void refused(PoolerAddress address, Reason reason, String... says) {
        assertThatThrownBy(() -> PoolerBench.CONSOLES
                        .open(address, Duration.ofSeconds(1))
                        .close())
                .isInstanceOfSatisfying(
                        PoolerUnreachable.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContainingAll(says)
                .hasMessageContaining("bouncer")
                .hasMessageNotContaining("geheim");
    }

    private PoolerAddress at(String host, SslMode sslMode) {
        return new PoolerAddress(
                "bouncer",
                new Endpoint(host, pooler.port(), "upshift", new Secret("geheim"), sslMode),
                new ConfigurationLocation("file", "/nowhere"));
    }

    private static PoolerAddress address(Login login, int port) {
        return new PoolerAddress(
                "bouncer",
                new Endpoint("127.0.0.1", port, login.user(), new Secret(login.password()), SslMode.DISABLE),
                new ConfigurationLocation("file", "/nowhere"));
    }
}
