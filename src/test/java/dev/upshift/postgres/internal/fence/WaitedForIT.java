package dev.upshift.postgres.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.MissingStandbys;
import dev.upshift.postgres.fence.TableLocks;
import dev.upshift.postgres.internal.catalog.WaitedFor;
import dev.upshift.postgres.internal.link.TestLinks;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What clients, and a new slot, would wait for on real servers. */
@ExtendWith(SharedServers.class)
class WaitedForIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Fence fence = TestFence.create();

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 17, 18})
    void namesLocksThatWritersWouldWaitFor(int major) throws SQLException {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, database);
                Connection holder = begin(server, database);
                Connection waiter = begin(server, database)) {
            run(holder, "insert into one values (1); lock table two in share update exclusive mode");
            assertThat(locks(session)).isEmpty();

            run(holder, "create index on two (id)");
            run(holder, "lock table \"Thr ee\" in access exclusive mode");
            assertThat(locks(session)).singleElement().satisfies(one -> {
                assertThat(one.mode()).isEqualTo("AccessExclusiveLock");
                assertThat(one.granted()).isTrue();
                assertThat(one.tables()).containsExactly("public.\"Thr ee\"", "public.two");
                assertThat(one.count()).isEqualTo(2);
                assertThat(one.others()).isZero();
                assertThat(one.words())
                        .contains("process " + pid(holder) + " of upshift (upshift lab)", "open since", "holds");
            });

            Thread waiting = Thread.startVirtualThread(() -> {
                try {
                    run(waiter, "lock table one in exclusive mode");
                } catch (SQLException ended) {
                    // that is how it is got rid of
                }
            });
            await().atMost(SOON).until(() -> locks(session).size() == 2);
            assertThat(locks(session))
                    .filteredOn(one -> !one.granted())
                    .singleElement()
                    .satisfies(one -> assertThat(one.words()).contains("waits for ExclusiveLock on public.one"));
            for (TableLocks one : locks(session)) {
                server.execute(database, one.transaction().ending());
            }
            await().atMost(SOON).until(() -> !waiting.isAlive());
            await().atMost(SOON).until(() -> locks(session).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void namesPreparedTransactions(int major) throws SQLException {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, database)) {
            try (Connection connection = begin(server, database)) {
                run(connection, "savepoint a; insert into one values (1); release savepoint a");
                run(connection, "lock table two in share mode");
                run(connection, "prepare transaction 'it''s me'");
            }
            assertThat(locks(session)).singleElement().satisfies(one -> {
                assertThat(one.transaction().prepared()).isEqualTo("'it''s me'");
                assertThat(one.words())
                        .contains("the prepared transaction 'it''s me' of upshift, in database " + database)
                        .contains("holds ShareLock on public.two");
            });
            assertThat(WaitedFor.writing(session)).singleElement().satisfies(one -> {
                assertThat(one.words()).contains("'it''s me'");
                server.execute(database, one.ending());
            });
            assertThat(locks(session)).isEmpty();
            assertThat(WaitedFor.writing(session)).isEmpty();
        }
    }

    /** In another database, by somebody who is idle. */
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 18})
    void saysForWhomASlotWaited(int major) throws SQLException {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        Links links = TestLinks.create();
        try (PostgresSession session = SharedServers.open(major, database);
                Connection other = begin(server, "postgres")) {
            run(other, "select 1");
            assertThat(WaitedFor.writing(session)).isEmpty();
            run(other, "select pg_current_xact_id()");
            session.jdbc().sql("set lock_timeout = '300ms'").update();

            assertThatThrownBy(() -> links.createSlot(session, "upshift_waits_" + major))
                    .hasMessageContaining("process " + pid(other) + " of upshift (upshift lab) from ")
                    .hasMessageContaining(", in database postgres, its transaction open since ")
                    .hasMessageContaining("SELECT pg_terminate_backend(%d);", pid(other));
            assertThat(WaitedFor.writing(session))
                    .extracting(BlockingTransaction::pid)
                    .containsExactly(pid(other));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void tellsOfSynchronousStandbysThatAreAway(int major) {
        try (PostgresCluster server = SharedServers.own(major)) {
            server.execute("postgres", "create role clerk login");
            try (PostgresSession session =
                    SharedServers.SESSIONS.open(SharedServers.endpoint(server), "postgres", PostgresSessions.SHORT)) {
                assertThat(fence.admission(session).standbys()).isNull();

                wait(server, session, "FIRST 2 (away, far)");
                assertThat(fence.admission(session).standbys())
                        .isEqualTo(new MissingStandbys("FIRST 2 (away, far)", 2, List.of(), false));
                session.jdbc().sql("create table public.ours ()").update(); // waits for nobody

                local(session, "alter database postgres set synchronous_commit = local");
                assertThat(fence.admission(session).standbys()).isNull();

                local(session, "alter role clerk set synchronous_commit = remote_apply");
                assertThat(fence.admission(session).standbys())
                        .isEqualTo(new MissingStandbys("FIRST 2 (away, far)", 2, List.of("clerk"), false));

                wait(server, session, "*");
                assertThat(fence.admission(session).standbys())
                        .isEqualTo(new MissingStandbys("*", 1, List.of("clerk"), false));
                wait(server, session, "");
                assertThat(fence.admission(session).standbys()).isNull();
            }
        }
    }

    private static void local(PostgresSession session, String statement) {
        session.jdbc().sql(statement).update();
    }

    private static void wait(PostgresCluster server, PostgresSession session, String standbys) {
        server.execute("postgres", "alter system set synchronous_standby_names = '%s'".formatted(standbys));
        server.execute("postgres", "select pg_reload_conf()");
        await().atMost(SOON)
                .until(() -> standbys.equals(session.jdbc()
                        .sql("show synchronous_standby_names")
                        .query(String.class)
                        .single()));
    }

    private List<TableLocks> locks(PostgresSession session) {
        return fence.admission(session).locks();
    }

    private static String database(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major)
                .execute(database, "create table one (id int); create table two (id int); create table \"Thr ee\" ()");
        return database;
    }

    private static Connection begin(PostgresCluster server, String database) throws SQLException {
        Connection connection = server.connect(database);
        connection.setAutoCommit(false);
        return connection;
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
