package dev.upshift.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.catalog.Catalog.TableFacts.Kind;
import dev.upshift.postgres.catalog.Catalog.TableFacts.ReplicaIdentity;
import dev.upshift.postgres.catalog.Catalog.TransactionFacts;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServers.class)
class CatalogIT {

    private final Catalog catalog = new ServerCatalog();

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void knowsTheServer(int major) {
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, "postgres")) {
            ServerFacts before = catalog.server(session);

            assertThat(before.version().major()).isEqualTo(major);
            assertThat(Long.toString(before.systemIdentifier()))
                    .isEqualTo(server.value("postgres", "select system_identifier from pg_control_system()"));
            assertThat(before.inRecovery()).isFalse();
            assertThat(before.walLevel()).isEqualTo("logical");
            assertThat(before.user()).isEqualTo("upshift");
            assertThat(before.superuser()).isTrue();
            assertThat(before.mayReplicate()).isTrue();
            assertThat(before.freeSenders()).isPositive();

            server.value("postgres", "select pg_create_physical_replication_slot('takes_room')");
            assertThat(catalog.server(session).freeSlots()).isEqualTo(before.freeSlots() - 1);
            server.value("postgres", "select pg_drop_replication_slot('takes_room')");
        }
    }

    @Test
    void knowsWhatTheRoleMayDo() {
        SharedServers.of(17).execute("postgres", """
                drop role if exists reader;
                create role reader login replication password 'reader'""");
        Endpoint server = SharedServers.endpoint(17);
        Endpoint reader = new Endpoint(server.host(), server.port(), "reader", new Secret("reader"), server.sslMode());

        try (PostgresSession session = SharedServers.SESSIONS.open(reader, "postgres", PostgresSessions.SHORT);
                PostgresSession other = SharedServers.open(17, "postgres")) {
            assertThat(catalog.openTransactions(other)).isEmpty();
            assertThatThrownBy(() -> catalog.openTransactions(session)).hasMessageContaining("Grant it pg_monitor");
            assertThat(catalog.server(session))
                    .extracting(ServerFacts::user, ServerFacts::superuser, ServerFacts::mayReplicate)
                    .containsExactly("reader", false, true);
        }
    }

    @Test
    void knowsWhichDatabasesExist() {
        String database = SharedServers.database(13);
        try (PostgresSession session = SharedServers.open(13, "postgres")) {
            assertThat(catalog.databaseExists(session, database)).isTrue();
            assertThat(catalog.databaseExists(session, database.toUpperCase(java.util.Locale.ROOT)))
                    .isFalse();
            assertThat(catalog.databaseExists(session, "' or true --")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void tellsByWhatChangesOfATableAreReplicated(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create table keyed (id int primary key);
                create table keyless (id int);
                create table whole (id int);
                alter table whole replica identity full;
                create table silenced (id int primary key);
                alter table silenced replica identity nothing;
                create table indexed (id int not null);
                create unique index indexed_id on indexed (id);
                alter table indexed replica identity using index indexed_id;
                create table index_lost (id int not null);
                create unique index index_lost_id on index_lost (id);
                alter table index_lost replica identity using index index_lost_id;
                drop index index_lost_id;
                create table put_off (id int primary key deferrable);
                create table half_built (id int primary key);
                update pg_index set indisvalid = false where indrelid = 'half_built'::regclass;
                """);

        assertThat(tables(major, database))
                .extracting(facts -> facts.name().table(), TableFacts::identity)
                .containsExactly(
                        tuple("half_built", ReplicaIdentity.NONE),
                        tuple("index_lost", ReplicaIdentity.NONE),
                        tuple("indexed", ReplicaIdentity.INDEX),
                        tuple("keyed", ReplicaIdentity.PRIMARY_KEY),
                        tuple("keyless", ReplicaIdentity.NONE),
                        tuple("put_off", ReplicaIdentity.NONE),
                        tuple("silenced", ReplicaIdentity.NONE),
                        tuple("whole", ReplicaIdentity.FULL));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void judgesAPartitionedTableByItsLeaves(int major) {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create table good (id int primary key) partition by range (id);
                create table good_low partition of good for values from (0) to (10) partition by range (id);
                create table good_low_1 partition of good_low for values from (0) to (5);
                create table good_high partition of good for values from (10) to (20);
                create table mixed (id int) partition by range (id);
                create table mixed_1 partition of mixed for values from (0) to (10);
                create table mixed_2 partition of mixed for values from (10) to (20);
                alter table mixed_1 replica identity full;
                create table empty (id int) partition by range (id);
                """);

        assertThat(tables(major, database))
                .extracting(facts -> facts.name().table(), TableFacts::kind, TableFacts::identity)
                .containsExactly(
                        tuple("empty", Kind.PARTITIONED, ReplicaIdentity.NONE),
                        tuple("good", Kind.PARTITIONED, ReplicaIdentity.PRIMARY_KEY),
                        tuple("good_high", Kind.PARTITION, ReplicaIdentity.PRIMARY_KEY),
                        tuple("good_low", Kind.PARTITION, ReplicaIdentity.PRIMARY_KEY),
                        tuple("good_low_1", Kind.PARTITION, ReplicaIdentity.PRIMARY_KEY),
                        tuple("mixed", Kind.PARTITIONED, ReplicaIdentity.NONE),
                        tuple("mixed_1", Kind.PARTITION, ReplicaIdentity.FULL),
                        tuple("mixed_2", Kind.PARTITION, ReplicaIdentity.NONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void leavesOutWhatIsNotTheUsers(int major) throws SQLException {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create schema "Sales 2";
                create unlogged table "Sales 2"."Order ""No" (id int primary key);
                create table seen (words text);
                insert into seen select repeat('x', 1000) from generate_series(1, 1000);
                analyze seen;
                create schema upshift;
                create table upshift.sentinel (token text primary key);
                create table of_extension ();
                alter extension plpgsql add table of_extension;
                create view no_table as select 1 as one;
                """);

        try (Connection other = SharedServers.of(major).connect(database);
                Statement statement = other.createStatement()) {
            statement.execute("create temporary table passing ()");

            assertThat(tables(major, database))
                    .satisfiesExactly(
                            quoted -> {
                                assertThat(quoted.name())
                                        .isEqualTo(new dev.upshift.shared.TableName("Sales 2", "Order \"No"));
                                assertThat(quoted.kind()).isEqualTo(Kind.ORDINARY);
                                assertThat(quoted.unlogged()).isTrue();
                                assertThat(quoted.estimatedRows()).isZero();
                            },
                            seen -> {
                                assertThat(seen.name().toString()).isEqualTo("public.seen");
                                assertThat(seen.unlogged()).isFalse();
                                assertThat(seen.estimatedRows()).isEqualTo(1000);
                                assertThat(seen.bytes()).isBetween(1_000_000L, 2_000_000L);
                            });
        }
    }

    /** By what the server itself has locked at the end of such a transaction. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void countsWhatATransactionLocksThatMakesIt(int major) throws SQLException {
        String database = SharedServers.database(major);
        try (Connection connection = SharedServers.of(major).connect(database);
                PostgresSession session = SharedServers.open(major, database)) {
            assertThat(catalog.relations(session)).isZero();
            connection.setAutoCommit(false);
            run(connection, """
                    create table document (id bigint not null, content text);
                    alter table document add primary key (id);
                    create table number (id bigint);
                    create sequence numbers;
                    create view documents as select * from document""");
            int locked;
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            select count(distinct relation) from pg_locks
                            where pid = pg_backend_pid() and relation >= 16384""")) {
                rows.next();
                locked = rows.getInt(1);
            }
            connection.commit();

            assertThat(catalog.relations(session)).isEqualTo(locked).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void doesNotWaitBehindALock(int major) throws SQLException {
        String database = SharedServers.database(major);
        SharedServers.of(major).execute(database, """
                create table busy (words text);
                insert into busy select repeat('x', 1000) from generate_series(1, 1000);
                analyze busy""");

        try (Connection other = SharedServers.of(major).connect(database);
                Statement statement = other.createStatement();
                PostgresSession session = SharedServers.open(major, database)) {
            other.setAutoCommit(false);
            statement.execute("lock table busy in access exclusive mode");
            session.limitStatements(Duration.ofSeconds(3));

            assertThat(catalog.sizedTables(session))
                    .singleElement()
                    .satisfies(busy -> assertThat(busy.bytes()).isBetween(1_000_000L, 2_000_000L));
            assertThat(catalog.tables(session)).isEqualTo(catalog.sizedTables(session));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void listsTransactionsThatPauseWouldWaitFor(int major) throws SQLException {
        String database = SharedServers.database(major);
        PostgresCluster server = SharedServers.of(major);
        server.execute(database, "create table note ()");

        try (PostgresSession session = SharedServers.open(major, database);
                Connection idle = server.connect(database);
                Connection reading = server.connect(database);
                Connection writing = server.connect(database);
                Connection elsewhere = server.connect("postgres")) {
            run(idle, "select 1");
            reading.setAutoCommit(false);
            run(reading, "set application_name = 'report'");
            writing.setAutoCommit(false);
            run(writing, "insert into note default values");
            elsewhere.setAutoCommit(false);
            run(elsewhere, "select 1");

            assertThat(catalog.openTransactions(session))
                    .extracting(
                            TransactionFacts::application,
                            TransactionFacts::user,
                            TransactionFacts::holdsTransactionId,
                            TransactionFacts::query)
                    .containsExactly(
                            tuple("report", "upshift", false, "set application_name = 'report'"),
                            tuple("upshift lab", "upshift", true, "insert into note default values"));
            assertThat(catalog.openTransactions(session))
                    .allSatisfy(transaction -> {
                        assertThat(transaction.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
                        assertThat(transaction.client()).startsWith("127.0.0.1");
                        assertThat(transaction.pid()).isPositive();
                    })
                    .isSortedAccordingTo((a, b) -> b.age().compareTo(a.age()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void countsPreparedTransactionsOfTheDatabase(int major) {
        String database = SharedServers.database(major);
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, database);
                PostgresSession elsewhere = SharedServers.open(major, "postgres")) {
            assertThat(catalog.preparedTransactions(session)).isZero();

            server.execute(database, "begin; create table note (); prepare transaction 'in the air'");

            assertThat(catalog.preparedTransactions(session)).isOne();
            assertThat(catalog.preparedTransactions(elsewhere)).isZero();
            server.execute(database, "rollback prepared 'in the air'");
        }
    }

    @Test
    void readsSettingsThatExist() {
        try (PostgresSession session = SharedServers.open(17, "postgres")) {
            assertThat(catalog.settings(session, List.of("wal_level", "max_wal_senders", "no_such_thing")))
                    .isEqualTo(Map.of("wal_level", "logical", "max_wal_senders", "40"));
            assertThat(catalog.settings(session, List.of())).isEmpty();
        }
    }

    private List<TableFacts> tables(int major, String database) {
        try (PostgresSession session = SharedServers.open(major, database)) {
            return catalog.sizedTables(session);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
