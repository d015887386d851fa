package dev.upshift.postgres.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fence does not keep out by itself, seen on real servers. */
@ExtendWith(SharedServers.class)
class FencePassagesIT {

    private static final Login CLERK = new Login("clerk", "clerk");

    private final Fence fence = TestFence.create();

    /** It has read what the database was set to, and is not to be seen among the sessions yet. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void endsWhoWasConnectingWhileTheFenceWentUp(int major) throws Exception {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        CountDownLatch fenced = new CountDownLatch(1);
        try (PostgresSession session = SharedServers.open(major, database);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                server.execute("postgres", "alter system set post_auth_delay = 1");
                server.execute("postgres", "select pg_reload_conf()");
                Future<Throwable> late = slowClient(session, server, database, fenced, clients);

                fence.raise(session, false);
                List<ClientSession> ended = fence.endClientSessions(session);
                fenced.countDown();

                assertThat(ended).extracting(ClientSession::user).contains("clerk");
                assertThat(late.get()).isNotNull();
                assertThat(rows(session)).isZero();
            } finally {
                fenced.countDown();
                server.execute("postgres", "alter system reset post_auth_delay");
                server.execute("postgres", "select pg_reload_conf()");
            }
        }
    }

    /** A client that is connecting; those that came before the server had read its settings are not slow yet. */
    private static Future<Throwable> slowClient(
            PostgresSession session,
            PostgresCluster server,
            String database,
            CountDownLatch fenced,
            ExecutorService clients) {
        while (true) {
            Future<Throwable> client = clients.submit(() -> catchThrowable(() -> {
                try (Connection connection = server.connect(database, CLERK)) {
                    fenced.await();
                    run(connection, "insert into note values ('late')");
                }
            }));
            await().until(() -> isConnecting(session) || isThere(session));
            if (isConnecting(session)) {
                return client;
            }
        }
    }

    private static boolean isConnecting(PostgresSession session) {
        return answer(session, """
                select exists (select from pg_locks where classid = 'pg_database'::regclass and objid =
                    (select oid from pg_database where datname = current_database()) and mode = 'RowExclusiveLock')
                """);
    }

    private static boolean isThere(PostgresSession session) {
        return answer(session, """
                select exists (select from pg_stat_activity where datname = current_database() and usename = 'clerk')
                """);
    }

    private static boolean answer(PostgresSession session, String question) {
        return session.jdbc().sql(question).query(Boolean.class).single();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void namesRolesThatPassTheSoftFence(int major) {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, database)) {
            assertThat(fence.passages(session, List.of())).isEmpty();

            server.execute("postgres", """
                    create role "Night Job" login;
                    alter role "Night Job" set default_transaction_read_only = 'FA';
                    create role reader login;
                    alter role reader set default_transaction_read_only = off;
                    alter role reader in database "%1$s" set default_transaction_read_only = 'yes';
                    create role writer login superuser;
                    alter role writer set default_transaction_read_only = on;
                    alter role writer in database "%1$s" set default_transaction_read_only = 'No';
                    create role nobody;
                    alter role nobody set default_transaction_read_only = 0;
                    alter role clerk in database postgres set default_transaction_read_only = off
                    """.formatted(database));

            assertThat(fence.passages(session, List.of()))
                    .containsExactly(
                            new Passage(Passage.Kind.ROLE, "Night Job", false, false),
                            new Passage(Passage.Kind.ROLE, "writer", true, true));

            server.execute("postgres", "revoke connect on database \"%s\" from public".formatted(database));
            assertThat(fence.passages(session, List.of()))
                    .extracting(Passage::name)
                    .containsExactly("writer");
        } finally {
            server.execute("postgres", """
                    alter role clerk in database postgres reset all;
                    alter role reader in database "%1$s" reset all;
                    alter role writer in database "%1$s" reset all;
                    drop role "Night Job", reader, writer, nobody
                    """.formatted(database));
        }
    }

    @Test
    void namesSubscriptionsOfOthers() {
        String database = database(17);
        PostgresCluster server = SharedServers.of(17);
        server.execute(database, """
                create subscription theirs connection 'host=127.0.0.1 port=1 dbname=none'
                    publication whatever with (connect = false, slot_name = 'theirs')
                """);
        try (PostgresSession session = SharedServers.open(17, database)) {
            assertThat(fence.passages(session, List.of())).as("disabled").isEmpty();

            server.execute(database, "alter subscription theirs enable");
            assertThat(fence.passages(session, List.of()))
                    .containsExactly(new Passage(Passage.Kind.SUBSCRIPTION, "theirs", false, true));
            assertThat(fence.passages(session, List.of("theirs"))).as("ours").isEmpty();
        } finally {
            server.execute(database, "alter subscription theirs disable");
            server.execute(database, "alter subscription theirs set (slot_name = none)");
            server.execute(database, "drop subscription theirs");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void tellsWhoIsBehindTheFenceAndMayWrite(int major) throws SQLException {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        server.execute("postgres", """
                create role bold login password 'bold';
                alter role bold in database "%s" set default_transaction_read_only = off
                """.formatted(database));
        server.execute(database, "grant all on note to bold");
        try (PostgresSession session = SharedServers.open(major, database)) {
            fence.raise(session, false);
            Behind nobody = fence.behind(session);
            assertThat(List.of(nobody.clients(), nobody.writers(), nobody.allowed()))
                    .allMatch(List::isEmpty);

            try (Connection clerk = server.connect(database, CLERK);
                    Connection bold = server.connect(database, new Login("bold", "bold"))) {
                run(clerk, "begin read write; insert into note values ('in spite of it')");
                run(bold, "select 1");

                Behind behind = fence.behind(session);
                assertThat(behind.clients()).extracting(ClientSession::user).containsExactlyInAnyOrder("clerk", "bold");
                assertThat(behind.writers()).extracting(ClientSession::user).containsExactly("clerk");
                assertThat(behind.allowed()).extracting(ClientSession::user).containsExactly("bold");

                run(clerk, "commit");
                assertThat(fence.behind(session).next()).isGreaterThan(nobody.next());

                fence.endSessions(session, behind.allowed());
                assertThat(fence.behind(session).clients())
                        .extracting(ClientSession::user)
                        .containsExactly("clerk");
                fence.endSessions(session, List.of());
            }
        } finally {
            server.execute(database, "begin read write; revoke all on note from bold; commit");
            server.execute("postgres", "alter role bold in database \"%s\" reset all".formatted(database));
            server.execute("postgres", "drop role bold");
        }
    }

    /** It was there before the fence, is no client backend, and can write all the same. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void endsReplicationConnectionsThatExecuteStatements(int major) throws SQLException {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, database);
                Connection walker = replicationConnection(server, database)) {
            run(walker, "insert into note values ('before')");
            assertThat(fence.behind(session).clients())
                    .extracting(ClientSession::application)
                    .containsExactly("walker");

            fence.raise(session, false);
            List<ClientSession> ended = fence.endClientSessions(session);

            assertThat(ended).extracting(ClientSession::application).containsExactly("walker");
            assertThat(catchThrowable(() -> run(walker, "insert into note values ('behind')")))
                    .isInstanceOf(SQLException.class);
            assertThat(rows(session)).isEqualTo(1);
        }
    }

    private static Connection replicationConnection(PostgresCluster server, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Login.UPSHIFT.user());
        properties.setProperty("password", Login.UPSHIFT.password());
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "13");
        properties.setProperty("ApplicationName", "walker");
        return DriverManager.getConnection(server.url(database), properties);
    }

    @Test
    void tellsHowManyMoreSessionsThereIsRoomFor() throws SQLException {
        String database = database(17);
        try (PostgresSession session = SharedServers.open(17, database)) {
            int before = fence.room(session);
            assertThat(before).isBetween(1, 200);

            try (Connection ignored = SharedServers.of(17).connect(database, CLERK)) {
                assertThat(fence.room(session)).isEqualTo(before - 1);
            }
        }
    }

    /** Whoever may not see what sessions of others are counts them all the same. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void tellsAnOrdinaryRoleOfNoMoreRoomThanThereIs(int major) throws SQLException {
        String database = database(major);
        Endpoint server = SharedServers.endpoint(major);
        Endpoint clerk = new Endpoint(
                server.host(), server.port(), CLERK.user(), new Secret(CLERK.password()), server.sslMode());
        try (PostgresSession session = SharedServers.SESSIONS.open(clerk, database, PostgresSessions.SHORT);
                PostgresSession ours = SharedServers.open(major, database)) {
            int before = fence.room(session);
            assertThat(before).isBetween(1, fence.room(ours));

            try (Connection ignored = SharedServers.of(major).connect(database)) {
                assertThat(fence.room(session)).isEqualTo(before - 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void tellsWhatADatabaseLetsItsClientsDo(int major) {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, database)) {
            Admission open = fence.admission(session);
            assertThat(open).isEqualTo(new Admission(true, -1, null, null, List.of()));
            assertThat(open.isReadOnlyWith(null)).isFalse();

            server.execute("postgres", """
                    alter database "%1$s" set default_transaction_read_only = 'tr';
                    alter database "%1$s" connection limit 3;
                    alter database "%1$s" allow_connections false;
                    alter role all set default_transaction_read_only = on;
                    alter role clerk set default_transaction_read_only = on
                    """.formatted(database));
            Admission shut = fence.admission(session);
            assertThat(shut).isEqualTo(new Admission(false, 3, "tr", "on", List.of("clerk")));
            assertThat(shut.isReadOnlyWith(null)).isTrue();
            assertThat(shut.isReadOnlyWith("off")).isFalse();

            server.execute("postgres", "begin read write; alter role all reset default_transaction_read_only; commit");
            server.execute("postgres", "alter system set default_transaction_read_only = on");
            assertThat(fence.admission(session).generalDefault()).isEqualTo("on");
        } finally {
            server.execute("postgres", "begin read write; alter role all reset default_transaction_read_only; commit");
            server.execute("postgres", "alter system reset default_transaction_read_only");
            server.execute("postgres", "alter role clerk reset default_transaction_read_only");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void tellsWhetherPublishedTablesWereChanged(int major) {
        String database = database(major);
        PostgresCluster server = SharedServers.of(major);
        String link = "upshift_written_" + major;
        server.execute(
                database,
                "create table followed (id int primary key); create publication %s for table followed".formatted(link));
        server.execute(database, "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(link));
        try (PostgresSession session = SharedServers.open(major, database)) {
            server.execute(database, "insert into followed values (1)");
            Lsn now = end(session);
            assertThat(fence.isWrittenSince(session, link, now)).isFalse();

            server.execute(database, "insert into note values ('not followed')");
            assertThat(fence.isWrittenSince(session, link, now)).isFalse();

            for (String change : List.of(
                    "insert into followed values (2)",
                    "update followed set id = 3 where id = 2",
                    "delete from followed where id = 3",
                    "truncate followed")) {
                Lsn before = end(session);
                server.execute(database, change);
                assertThat(fence.isWrittenSince(session, link, before))
                        .as(change)
                        .isTrue();
                assertThat(fence.isWrittenSince(session, link, end(session))).isFalse();
            }
        } finally {
            server.execute(database, "select pg_drop_replication_slot('%s')".formatted(link));
        }
    }

    private static Lsn end(PostgresSession session) {
        return Lsn.parse(session.jdbc()
                .sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single());
    }

    private static int rows(PostgresSession session) {
        return session.jdbc()
                .sql("select count(*) from public.note")
                .query(Integer.class)
                .single();
    }

    private static String database(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                do $$ begin
                    create role clerk login;
                exception when duplicate_object then null;
                end $$;
                alter role clerk password 'clerk';
                create table note (words text);
                grant all on note to clerk;
                """);
        return database;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
