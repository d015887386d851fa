package dev.upshift.postgres.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.PgBouncer;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable.Reason;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Sessions come about or say why not, do not depend on the server's settings, and never hang. */
@ExtendWith(SharedServers.class)
class PostgresSessionsIT {

    private static final String SECRET = "s3cr3t'\\ word";
    private static final Timeouts QUICK = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final Executor OTHER_THREAD =
            task -> Thread.ofVirtual().name("other").start(task);

    private final PostgresSessions sessions = new DriverSessions();

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void tellsWhereItIs(int major) {
        String database = SharedServers.database(major);

        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(session.version().number())
                    .isEqualTo(Integer.parseInt(SharedServers.of(major).value("postgres", "show server_version_num")));
            assertThat(session.database()).isEqualTo(database).isEqualTo(ask(session, "select current_database()"));
            assertThat(Integer.toString(session.backendPid())).isEqualTo(ask(session, "select pg_backend_pid()"));
            assertThat(ask(session, "show application_name")).isEqualTo("upshift");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void doesNotDependOnWhatTheDatabasePrefers(int major) {
        String database = SharedServers.database(major);
        for (String preference : new String[] {
            "default_transaction_read_only = on",
            "timezone = 'Asia/Kathmandu'",
            "datestyle = 'German, DMY'",
            "intervalstyle = 'iso_8601'",
            "standard_conforming_strings = off",
            "bytea_output = 'escape'",
            "extra_float_digits = 0",
            "search_path = 'public'",
            "row_security = on",
            "statement_timeout = '1h'",
            "default_transaction_isolation = 'serializable'"
        }) {
            SharedServers.of(major).execute("postgres", "alter database \"%s\" set %s".formatted(database, preference));
        }

        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(ask(session, "show default_transaction_read_only")).isEqualTo("off");
            assertThat(ask(session, "show timezone")).isEqualTo("UTC");
            assertThat(ask(session, "show datestyle")).isEqualTo("ISO, YMD");
            assertThat(ask(session, "show intervalstyle")).isEqualTo("postgres");
            assertThat(ask(session, "show standard_conforming_strings")).isEqualTo("on");
            assertThat(ask(session, "show bytea_output")).isEqualTo("hex");
            assertThat(Integer.parseInt(ask(session, "show extra_float_digits")))
                    .isPositive();
            assertThat(ask(session, "show search_path")).isEqualTo("pg_catalog");
            assertThat(ask(session, "show row_security")).isEqualTo("off");
            assertThat(ask(session, "show statement_timeout")).isEqualTo("30s");
            assertThat(ask(session, "show lock_timeout")).isEqualTo("10s");
            assertThat(ask(session, "show transaction_isolation")).isEqualTo("read committed");
            assertThat(ask(session, "show client_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void quotesWhatPeopleCallThings() {
        try (PostgresSession session = SharedServers.open(17, "postgres")) {
            String odd = "Robert\"'); drop table \\ students; -- é";

            assertThat(ask(session, "select " + session.literal(odd))).isEqualTo(odd);
            assertThat(
                            ask(
                                    session,
                                    "select attname from (select 1 as " + session.identifier(odd)
                                            + ") as t join lateral (select key as attname from json_each(to_json(t))) as k on true"))
                    .isEqualTo(odd);
            assertThatThrownBy(() -> session.literal("zero \0 byte")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void saysWhichPasswordWasWrongWithoutRepeatingIt() {
        Endpoint right = SharedServers.endpoint(17);
        Endpoint wrong = new Endpoint(right.host(), right.port(), "upshift", new Secret(SECRET), SslMode.PREFER);

        PostgresUnreachable refusal = refusal(wrong, "postgres");

        assertThat(refusal.reason()).isEqualTo(Reason.AUTHENTICATION);
        assertThat(refusal).hasMessageContaining("upshift").hasMessageContaining(right.address());
    }

    @Test
    void saysThatTheDatabaseIsMissing() {
        PostgresUnreachable refusal = refusal(SharedServers.endpoint(13), "no such \"base");

        assertThat(refusal.reason()).isEqualTo(Reason.DATABASE_MISSING);
        assertThat(refusal).hasMessageContaining("no such \"base");
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        PostgresUnreachable refusal = refusal(SharedServers.endpoint(17).at("127.0.0.1", free), "postgres");

        assertThat(refusal.reason()).isEqualTo(Reason.REFUSED);
        assertThat(refusal).hasMessageContaining("127.0.0.1:" + free);
    }

    @Test
    void saysThatTheHostIsUnknown() {
        PostgresUnreachable refusal = refusal(SharedServers.endpoint(17).at("db.upshift.invalid", 5432), "postgres");

        assertThat(refusal.reason()).isEqualTo(Reason.HOST_UNKNOWN);
        assertThat(refusal).hasMessageContaining("db.upshift.invalid");
    }

    @Test
    void givesUpOnAServerThatAcceptsAndSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Instant before = Instant.now();

            PostgresUnreachable refusal =
                    refusal(SharedServers.endpoint(17).at("127.0.0.1", silent.getLocalPort()), "postgres");

            assertThat(refusal.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void saysThatThereIsNoTls() {
        Endpoint plain = SharedServers.endpoint(17);
        Endpoint encrypted =
                new Endpoint(plain.host(), plain.port(), plain.username(), plain.password(), SslMode.REQUIRE);

        PostgresUnreachable refusal = refusal(encrypted, "postgres");

        assertThat(refusal.reason()).isEqualTo(Reason.TLS);
        assertThat(refusal).hasMessageContaining("require");
    }

    /** Through a pooler, settings would stay behind on a connection that clients get next. */
    @Test
    void refusesToSitBehindAPooler() {
        try (LabDirectory directory = LabDirectory.create();
                PgBouncer pooler = PgBouncer.named("in-between", directory)
                        .database("postgres", SharedServers.of(17).port())
                        .start()) {
            PostgresUnreachable refusal =
                    refusal(SharedServers.endpoint(17).at(PgBouncer.HOST, pooler.port()), "postgres");

            assertThat(refusal).hasMessageContaining("give the address of PostgreSQL itself");
        }
    }

    @Test
    void saysThatThereIsNoConnectionLeft() {
        SharedServers.of(17).execute("postgres", """
                drop role if exists crowded;
                create role crowded login connection limit 0 password 'crowd-s3cret'""");
        Endpoint server = SharedServers.endpoint(17);

        PostgresUnreachable refusal = refusal(
                new Endpoint(server.host(), server.port(), "crowded", new Secret("crowd-s3cret"), SslMode.PREFER),
                "postgres");

        assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_CONNECTIONS);
    }

    @Test
    void letsTheServerEndAStatementThatTakesTooLong() {
        try (PostgresSession session = SharedServers.open(17, "postgres")) {
            session.limitStatements(Duration.ofMillis(50));

            assertThat(SqlState.of(catchThrowable(() -> ask(session, "select pg_sleep(20)"))))
                    .isEqualTo("57014");
            assertThat(ask(session, "select 1")).as("usable afterwards").isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void keepsPlansWhereItIsToldTo(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, "create table public.note (id int)");
        String kept = "select count(*) from public.note where id > :least";
        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(count(session, kept)).isZero();
            assertThat(isKept(session, kept)).isFalse();

            session.keepPlans();

            assertThat(count(session, kept)).isZero();
            assertThat(isKept(session, kept)).isTrue();
            assertThat(ask(session, "show plan_cache_mode")).isEqualTo("force_generic_plan");
            SharedServers.of(major).execute(database, """
                    alter table public.note add column words text;
                    create index on public.note (id);
                    insert into public.note values (1, 'one'), (2, 'two')""");
            assertThat(count(session, kept)).as("what changed meanwhile").isEqualTo(2);
        }
    }

    private static long count(PostgresSession session, String query) {
        return session.jdbc().sql(query).param("least", 0).query(Long.class).single();
    }

    private static boolean isKept(PostgresSession session, String query) {
        return session.jdbc()
                .sql("select count(*) > 0 from pg_prepared_statements where statement = :statement")
                .param("statement", query.replace(":least", "$1"))
                .query(Boolean.class)
                .single();
    }

    @Test
    void undoesATransactionThatFails() {
        String database = SharedServers.database(17);
        try (PostgresSession session = SharedServers.open(17, database)) {
            assertThatThrownBy(() -> session.inTransaction(() -> {
                        session.jdbc()
                                .sql("create table public.half (done int)")
                                .update();
                        throw new IllegalStateException("half way");
                    }))
                    .hasMessage("half way");
            session.inTransaction(
                    () -> session.jdbc().sql("create table public.whole ()").update());

            assertThat(ask(
                            session,
                            "select string_agg(relname, ',') from pg_class where relkind = 'r'"
                                    + " and relnamespace = 'public'::regnamespace"))
                    .isEqualTo("whole");
        }
    }

    @Test
    void isCutFromAnotherThreadWhateverItDoes() {
        try (PostgresSession session = SharedServers.open(17, "postgres")) {
            CompletableFuture<Throwable> sleeping = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> ask(session, "select pg_sleep(25)")), OTHER_THREAD);
            await().until(() -> isActive(session.backendPid()));
            Instant before = Instant.now();

            session.abort();

            assertThat(sleeping.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(DataAccessException.class);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertThatThrownBy(() -> ask(session, "select 1")).isInstanceOf(DataAccessException.class);
            await("the server's side of it ends too")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !isActive(session.backendPid()));
        }
    }

    @Test
    void failsAtOnceWhenTheServerDiesAndInTimeWhenItFreezes() {
        PostgresCluster server = SharedServers.own(17);
        try (PostgresSession session = sessions.open(SharedServers.endpoint(server), "postgres", QUICK);
                PostgresSession second = sessions.open(SharedServers.endpoint(server), "postgres", QUICK)) {
            second.limitStatements(Duration.ofMillis(500));
            server.suspend();
            Instant before = Instant.now();
            assertThatThrownBy(() -> ask(second, "select 1")).isInstanceOf(DataAccessException.class);
            assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
            assertThat(refusal(SharedServers.endpoint(server), "postgres").reason())
                    .isEqualTo(Reason.TIMED_OUT);
            server.thaw();

            CompletableFuture<Throwable> sleeping = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> ask(session, "select pg_sleep(25)")), OTHER_THREAD);
            await().until(() -> server.value(
                            "postgres", "select state from pg_stat_activity where pid = " + session.backendPid())
                    .equals("active"));
            server.kill();

            assertThat(sleeping.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(DataAccessException.class);
        } finally {
            server.close();
        }
    }

    private PostgresUnreachable refusal(Endpoint endpoint, String database) {
        Throwable failure = catchThrowable(() -> {
            try (PostgresSession session = sessions.open(endpoint, database, QUICK)) {
                assertThat(session)
                        .as("a session that should not have come about")
                        .isNull();
            }
        });
        assertThat(failure).isInstanceOf(PostgresUnreachable.class);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage()))
                    .doesNotContain(endpoint.password().reveal());
        }
        return (PostgresUnreachable) failure;
    }

    private static boolean isActive(int pid) {
        return SharedServers.of(17)
                .value("postgres", "select count(*) from pg_stat_activity where state = 'active' and pid = " + pid)
                .equals("1");
    }

    private static String ask(PostgresSession session, String query) {
        return session.jdbc().sql(query).query(String.class).single();
    }
}
