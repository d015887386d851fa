package dev.upshift.postgres.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.internal.fence.TestFence;
import dev.upshift.postgres.internal.link.TestLinks;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** A session of a plan sees the real server and can change nothing there, whoever forgets what. */
@ExtendWith(SharedServers.class)
class RecordingSessionIT {

    private final List<Recorded> record = new ArrayList<>();
    private final RecordingSessions sessions = new RecordingSessions(SharedServers.SESSIONS, Set.of(), record::add);

    private PostgresSession open(int major, String database) {
        return sessions.open(SharedServers.endpoint(major), database, PostgresSessions.SHORT);
    }

    private String onlyText() {
        assertThat(record).hasSize(1);
        return record.getFirst().text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table public.forgotten (id int)",
                "alter database postgres set work_mem = '5MB'",
                "insert into public.note values ('forgotten')",
                "drop publication if exists forgotten",
            })
    void aForgottenStatementFailsAtTheServer(String statement) {
        String database = SharedServers.database(17);
        SharedServers.of(17).execute(database, "create table public.note (text text)");

        try (PostgresSession session = open(17, database)) {
            assertThatThrownBy(() -> session.jdbc().sql(statement).update())
                    .hasStackTraceContaining("read-only transaction");
        }
        assertThat(record).isEmpty();
    }

    /** Functions of this kind do not care whether their transaction is read-only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select pg_terminate_backend(1)",
                "select pg_create_logical_replication_slot('forgotten', 'pgoutput')",
                "select PG_DROP_REPLICATION_SLOT ('forgotten')",
                "select pg_logical_emit_message(true, 'a', 'b')::text",
                "select pg_replication_origin_advance('a', '0/1')",
                "select nextval('x')"
            })
    void aForgottenFunctionIsNotEvenSent(String statement) {
        try (PostgresSession session = open(17, SharedServers.database(17))) {
            assertThatThrownBy(() -> session.jdbc().sql(statement).query().listOfRows())
                    .hasStackTraceContaining("has to be told by change()");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void whatIsToldIsNotedWithItsValuesAndNotDone(int major) {
        String database = SharedServers.database(major);

        try (PostgresSession session = open(major, database)) {
            assertThat(session.change()
                            .sql("select slot_name::text from pg_create_logical_replication_slot(:slot, 'pgoutput')")
                            .param("slot", "o'clock")
                            .query()
                            .listOfRows())
                    .isEmpty();
            assertThat(session.jdbc()
                            .sql("select count(*) from pg_replication_slots where slot_name like 'o%clock'")
                            .query(Long.class)
                            .single())
                    .isZero();
        }

        assertThat(onlyText())
                .isEqualTo("select slot_name::text from pg_create_logical_replication_slot('o''clock', 'pgoutput')");
        assertThat(record.getFirst().database()).isEqualTo(database);
        assertThat(record.getFirst().server()).isEqualTo(SharedServers.endpoint(major));
    }

    @Test
    void whatIsToldInATransactionIsNotedToo() {
        String database = SharedServers.database(17);

        try (PostgresSession session = open(17, database)) {
            TestFence.create().raise(session, true);
        }

        assertThat(record)
                .extracting(Recorded::text)
                .containsExactly(
                        "alter database \"%s\" set default_transaction_read_only = on".formatted(database),
                        "alter database \"%s\" connection limit 0".formatted(database));
        assertThat(SharedServers.of(17)
                        .value("postgres", "select datconnlimit from pg_database where datname = '" + database + "'"))
                .isEqualTo("-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain-secret", "it's \\ 'secret'", "$1"})
    void aPasswordIsNeverPartOfIt(String password) {
        Endpoint real = SharedServers.endpoint(13);
        Endpoint publisher =
                new Endpoint(real.host(), real.port(), real.username(), new Secret(password), real.sslMode());

        try (PostgresSession session = open(17, SharedServers.database(17))) {
            TestLinks.create()
                    .subscribe(
                            session,
                            new SubscriptionDefinition("s", publisher, "shop", "p", "s", true, false, true, false));
            assertThat(session.reveal(new Secret(password))).isEqualTo("••••");
        }

        assertThat(onlyText())
                .startsWith("create subscription \"s\" connection 'host=")
                .contains("password=''••••''")
                .doesNotContain(password)
                .doesNotContain(password.replace("'", "''"));
    }

    /** A plan of a switch asks for a dozen sessions on each database. */
    @Test
    void thoseOnOneDatabaseShareARealOneUntilTheLastCloses() {
        String database = SharedServers.database(17);
        PostgresSession first = open(17, database);
        PostgresSession second = open(17, database);

        assertThat(second.backendPid()).isEqualTo(first.backendPid());
        first.close();
        first.close();
        second.ping();
        second.close();
        assertThatThrownBy(second::ping).isInstanceOf(DataAccessException.class);
        try (PostgresSession third = open(17, database)) {
            third.ping();
        }
    }

    @Test
    void whoGivesALostOneUpGetsAFreshOne() {
        String database = SharedServers.database(17);
        try (PostgresSession other = open(17, database)) {
            PostgresSession lost = open(17, database);
            SharedServers.of(17).execute("postgres", "select pg_terminate_backend(" + lost.backendPid() + ")");
            assertThatThrownBy(lost::ping).isInstanceOf(DataAccessException.class);

            lost.abort();

            try (PostgresSession fresh = open(17, database)) {
                fresh.ping();
                assertThat(fresh.backendPid()).isNotEqualTo(other.backendPid());
            }
        }
    }

    @Test
    void aServerThatIsAwayIsNotWaitedForTwice() {
        Endpoint real = SharedServers.endpoint(17);
        Endpoint away = real.at("127.0.0.1", 1);

        assertThatThrownBy(() -> sessions.open(away, "shop", PostgresSessions.SHORT))
                .isInstanceOf(PostgresUnreachable.class)
                .satisfies(first -> assertThatThrownBy(() -> sessions.open(away, "shop", PostgresSessions.SHORT))
                        .isSameAs(first));
    }
}
