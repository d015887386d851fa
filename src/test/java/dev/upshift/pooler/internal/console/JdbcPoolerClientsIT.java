package dev.upshift.pooler.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.lab.Login;
import dev.upshift.lab.PgBouncer;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where clients of a real pooler end up, on the oldest and the newest server, signed in as an ordinary role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcPoolerClientsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final PoolerClients clients = new JdbcPoolerClients();
    private PoolerBench bench;
    private PgBouncer pooler;

    @BeforeAll
    void start() {
        bench = PoolerBench.shared();
        pooler = bench.pooler("bouncer", "shop")
                .database("fresh", "host=127.0.0.1 port=" + bench.fresh.port() + " dbname=shop")
                .database("rotated", "host=127.0.0.1 port=" + bench.fresh.port() + " dbname=shop")
                .database("missing", "host=127.0.0.1 port=" + bench.old.port())
                .database("down", "host=127.0.0.1 port=1")
                .start();
    }

    @AfterAll
    void stop() {
        pooler.close();
    }

    @Test
    void seesTheClusterBehindAnEntry() {
        assertThat(look("shop", Login.APP))
                .isEqualTo(new ServerBehind(identifier(bench.old.value("shop", SYSTEM)), false));
        assertThat(look("fresh", Login.APP))
                .isEqualTo(new ServerBehind(identifier(bench.fresh.value("shop", SYSTEM)), false));
    }

    @Test
    void seesThatClientsMayNotWrite() {
        bench.fresh.execute("postgres", "alter database shop set default_transaction_read_only = on");
        pooler.command("RECONNECT fresh");
        try {
            assertThat(look("fresh", Login.APP).readOnly()).isTrue();
        } finally {
            bench.fresh.execute("postgres", "alter database shop reset default_transaction_read_only");
            pooler.command("RECONNECT fresh");
        }
    }

    /** The console's user gets in on both sides whatever became of the application's password. */
    @Test
    void signsInAsTheApplicationWhereItsLoginIsKnown() {
        PoolerAddress console = address(Login.UPSHIFT);
        PoolerAddress application = new PoolerAddress(
                console.name(),
                console.console(),
                console.configuration(),
                new PoolerAddress.ApplicationLogin(Login.APP.user(), new Secret(Login.APP.password())));
        bench.fresh.execute("postgres", "alter role app password 'rotated'");
        try {
            assertThat(clients.look(application, "shop", DEADLINE).readOnly()).isFalse();
            assertThat(clients.look(console, "rotated", DEADLINE).readOnly()).isFalse();
            assertThatThrownBy(() -> clients.look(application, "rotated", DEADLINE))
                    .isInstanceOf(PoolerUnreachable.class)
                    .hasMessageContaining("bouncer")
                    .hasMessageNotContaining(Login.APP.password());
        } finally {
            bench.fresh.execute("postgres", "alter role app password '%s'".formatted(Login.APP.password()));
        }
    }

    @Test
    void tellsWhyNobodyGetsThrough() {
        refused("missing", Login.APP, Reason.OTHER, "database \"missing\" does not exist");
        refused("unheard-of", Login.APP, Reason.OTHER, "unheard-of");
        refused("shop", new Login("app", "geheim"), Reason.AUTHENTICATION, "app");
        refused("down", Login.APP, Reason.TIMED_OUT, "Check that the pooler reaches the server");
    }

    @Test
    void doesNotWaitForAFrozenServerForEver() {
        bench.fresh.suspend();
        try {
            refused("fresh", Login.APP, Reason.TIMED_OUT, "nothing answered in time");
        } finally {
            bench.fresh.thaw();
        }
    }

    private static final String SYSTEM = "select system_identifier from pg_control_system()";

    private static long identifier(String text) {
        return Long.parseLong(text);
    }

    private ServerBehind look(String entry, Login login) {
        return clients.look(address(login), entry, DEADLINE);
    }

    private void refused(String entry, Login login, Reason reason, String says) {
        assertThatThrownBy(() -> look(entry, login))
                .isInstanceOfSatisfying(
                        PoolerUnreachable.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining("bouncer")
                .hasMessageContaining(says)
                .hasMessageNotContaining("geheim");
    }

    private PoolerAddress address(Login login) {
        return new PoolerAddress(
                "bouncer",
                new Endpoint("127.0.0.1", pooler.port(), login.user(), new Secret(login.password()), SslMode.DISABLE),
                new PoolerAddress.ConfigurationLocation("file", "/nowhere"));
    }
}
