package dev.upshift.postgres.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.lab.Processes;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Waiting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

@ExtendWith(SharedServers.class)
public class FenceIT {

    private static final Login CLERK = new Login("clerk", "clerk");

    private final Fence fence = TestFence.create();

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void keepsNewSessionsFromWritingButNotOurs(int major) throws SQLException {
        String database = databaseWithClerk(major);
        PostgresCluster server = SharedServers.of(major);

        try (PostgresSession session = SharedServers.open(major, database)) {
            FenceState before = fence.read(session);
            assertThat(before).isEqualTo(new FenceState(null, -1));
            assertThat(before.isOpen()).isTrue();

            fence.raise(session, false);
            fence.raise(session, false);

            assertThat(fence.read(session)).isEqualTo(new FenceState("on", -1));
            assertThat(fence.read(session).isOpen()).isFalse();
            try (Connection client = server.connect(database, CLERK)) {
                assertThat(insert(client)).hasMessageContaining("read-only transaction");
            }
            try (PostgresSession ours = SharedServers.open(major, database)) {
                ours.jdbc().sql("insert into public.note values ('ours')").update();
            }

            fence.lift(session, before);
            fence.lift(session, before);

            assertThat(fence.read(session)).isEqualTo(before);
            try (Connection client = server.connect(database, CLERK)) {
                assertThat(insert(client)).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void keepsOrdinaryRolesOutWhenHard(int major) {
        String database = databaseWithClerk(major);

        try (PostgresSession session = SharedServers.open(major, database)) {
            fence.raise(session, true);

            assertThat(fence.read(session)).isEqualTo(new FenceState("on", 0));
            assertThatThrownBy(() -> SharedServers.of(major).connect(database, CLERK))
                    .hasMessageContaining("too many connections");
            SharedServers.open(major, database).close();
        }
    }

    @ParameterizedTest
    @CsvSource({"off, 7", "on, 100", "true, -1", "no, 0"})
    void putsBackWhatWasThere(String readOnly, int limit) {
        String database = SharedServers.database(17);
        SharedServers.of(17).execute("postgres", """
                alter database "%1$s" set default_transaction_read_only = '%2$s';
                alter database "%1$s" connection limit %3$d;
                alter database "%1$s" set work_mem = '5MB';
                alter role upshift in database "%1$s" set default_transaction_read_only = off
                """.formatted(database, readOnly, limit));

        try (PostgresSession session = SharedServers.open(17, database)) {
            FenceState before = fence.read(session);
            assertThat(before).isEqualTo(new FenceState(readOnly, limit));
            assertThat(before.isOpen()).isEqualTo(readOnly.equals("off"));

            fence.raise(session, true);
            fence.lift(session, before);

            assertThat(fence.read(session)).isEqualTo(before);
            assertThat(session.jdbc()
                            .sql("select array_to_string(setconfig, ',') from pg_db_role_setting where setrole = 0"
                                    + " and setdatabase = (select oid from pg_database where datname = :name)")
                            .param("name", database)
                            .query(String.class)
                            .single())
                    .contains("work_mem=5MB", "default_transaction_read_only=" + readOnly);
        }
    }

    /** The watchdog's way to stop a step whose statement hangs: the statement must be over when this answers. */
    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void endsOneSessionOfOursWhateverItDoes(int major) throws Exception {
        String database = SharedServers.database(major);
        try (PostgresSession watch = SharedServers.open(major, database);
                PostgresSession step = SharedServers.open(major, database);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int pid = step.backendPid();
            Future<Throwable> hanging = threads.submit(() -> catchThrowable(
                    () -> step.jdbc().sql("select pg_sleep(60)").query().listOfRows()));
            await().until(() -> active(watch, pid));

            assertThat(fence.endSession(watch, pid)).isTrue();

            assertThat(active(watch, pid)).isFalse();
            assertThat(hanging.get()).isInstanceOf(DataAccessException.class);
            assertThat(fence.endSession(watch, pid)).as("gone already").isTrue();
            watch.ping();
            assertThatThrownBy(step::ping).isInstanceOf(DataAccessException.class);
        }
    }

    private static boolean active(PostgresSession session, int pid) {
        return session.jdbc()
                .sql("select exists (select from pg_stat_activity where pid = :pid and state = 'active')")
                .param("pid", pid)
                .query(Boolean.class)
                .single();
    }

    @Test
    void doesNotLockItselfOut() {
        String database = databaseWithClerk(17);
        SharedServers.of(17).execute("postgres", "alter database \"" + database + "\" owner to clerk");
        Endpoint server = SharedServers.endpoint(17);
        Endpoint clerk = new Endpoint(server.host(), server.port(), "clerk", new Secret("clerk"), server.sslMode());

        try (PostgresSession session = SharedServers.SESSIONS.open(clerk, database, PostgresSessions.SHORT)) {
            assertThatThrownBy(() -> fence.raise(session, true)).hasMessageContaining("no superuser");
            assertThat(fence.read(session).isOpen()).isTrue();

            fence.raise(session, false);
            assertThat(fence.read(session).isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void endsTheSessionsOfClientsOfThisDatabaseOnly(int major) throws SQLException {
        String database = databaseWithClerk(major);
        PostgresCluster server = SharedServers.of(major);

        try (PostgresSession session = SharedServers.open(major, database);
                PostgresSession ours = SharedServers.open(major, database);
                PostgresSession elsewhere = SharedServers.open(major, "postgres");
                Connection writing = server.connect(database, CLERK);
                Connection administrator = server.connect(database);
                Connection neighbour = server.connect("postgres", CLERK);
                Connection impostor = server.connect(database, CLERK)) {
            writing.setAutoCommit(false);
            assertThat(insert(writing)).isNull();
            run(impostor, "set application_name = 'upshift'");

            List<ClientSession> present = fence.behind(session).clients();
            List<ClientSession> ended = fence.endClientSessions(session);

            assertThat(ended)
                    .containsExactlyInAnyOrderElementsOf(present)
                    .extracting(ClientSession::user)
                    .containsExactlyInAnyOrder("clerk", "clerk", "upshift");
            assertThat(insert(writing)).isNotNull();
            assertThat(insert(administrator)).isNotNull();
            assertThat(insert(impostor)).isNotNull();
            run(neighbour, "select 1");
            assertThat(ours.jdbc()
                            .sql("select count(*) from public.note")
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(elsewhere.jdbc().sql("select 1").query(Integer.class).single())
                    .isOne();
            assertThat(fence.endClientSessions(session)).isEmpty();
        }
    }

    /** Clients that come back at once meet the fence; only those from before it have to go. */
    @Test
    void doesNotChaseClientsThatComeBack() throws Exception {
        String database = databaseWithClerk(17);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        try (PostgresSession session = SharedServers.open(17, database);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < 4; i++) {
                    clients.execute(() -> insertAgainAndAgain(database, enough, accepted, refused));
                }
                await().until(() -> accepted.get() > 20);

                fence.raise(session, false);
                fence.endClientSessions(session);

                int rows = rows(session);
                assertThat(fence.behind(session).writers()).isEmpty();
                int before = refused.get();
                await("clients that tried again").until(() -> refused.get() > before + 20);
                assertThat(rows(session)).as("rows after the fence").isEqualTo(rows);
            } finally {
                enough.set(true);
            }
        }
    }

    private static void insertAgainAndAgain(
            String database, AtomicBoolean enough, AtomicInteger accepted, AtomicInteger refused) {
        while (!enough.get()) {
            try (Connection client = SharedServers.of(17).connect(database, CLERK)) {
                for (int i = 0; i < 10; i++) {
                    run(client, "insert into note values ('again')");
                    accepted.incrementAndGet();
                }
            } catch (SQLException fencedOrEnded) {
                refused.incrementAndGet();
            }
        }
    }

    private static int rows(PostgresSession session) {
        return session.jdbc()
                .sql("select count(*) from public.note")
                .query(Integer.class)
                .single();
    }

    @Test
    void saysWhenItMayNotSeeOrEndASession() throws SQLException {
        String database = databaseWithClerk(17);
        Endpoint server = SharedServers.endpoint(17);
        Endpoint clerk = new Endpoint(server.host(), server.port(), "clerk", new Secret("clerk"), server.sslMode());

        try (PostgresSession session = SharedServers.SESSIONS.open(clerk, database, PostgresSessions.SHORT);
                Connection administrator = SharedServers.of(17).connect(database)) {
            assertThatThrownBy(() -> fence.endClientSessions(session)).hasMessageContaining("pg_monitor");
            assertThatThrownBy(() -> fence.behind(session).writers()).hasMessageContaining("pg_monitor");

            SharedServers.of(17).execute(database, "grant pg_monitor to clerk");
            assertThat(fence.behind(session).writers()).isEmpty();
            assertThatThrownBy(() -> fence.endClientSessions(session))
                    .hasNoCause() // or people would read that
                    .hasMessageContainingAll(
                            "role clerk may not end these sessions of superusers",
                            "process " + pid(administrator) + " of upshift (upshift lab) from 127.0.0.1",
                            "ALTER ROLE \"clerk\" SUPERUSER");
            run(administrator, "select 1");
        } finally {
            SharedServers.of(17).execute(database, "revoke pg_monitor from clerk");
        }
    }

    /** Where clients wait: those of superusers stay, everybody else goes. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void endsWhomItMayEndAndTellsOfTheOthers(int major) throws SQLException {
        String database = databaseWithClerk(major);
        PostgresCluster server = SharedServers.of(major);
        server.execute(database, "drop role if exists warden");
        server.execute(database, "create role warden login password 'warden' in role pg_monitor, pg_signal_backend");
        Endpoint endpoint = SharedServers.endpoint(major);
        Endpoint warden =
                new Endpoint(endpoint.host(), endpoint.port(), "warden", new Secret("warden"), endpoint.sslMode());

        try (PostgresSession session = SharedServers.SESSIONS.open(warden, database, PostgresSessions.SHORT);
                PostgresSession ours = SharedServers.SESSIONS.open(warden, database, PostgresSessions.SHORT);
                Connection administrator = server.connect(database);
                Connection client = server.connect(database, CLERK);
                Connection elsewhere = server.connect("postgres", CLERK)) {
            int superuser = pid(administrator);
            int one = pid(client);

            Ended ended = fence.endWithin(session, Duration.ofSeconds(5));

            assertThat(ended.ended()).extracting(ClientSession::pid).containsExactly(one);
            assertThat(ended.left()).extracting(ClientSession::pid).containsExactly(superuser);
            assertThat(ended.connecting()).isEmpty();
            assertThat(insert(client)).as("its session is over").isNotNull();
            run(administrator, "select 1");
            run(elsewhere, "select 1");
            ours.ping();

            server.execute(database, "revoke pg_signal_backend from warden");
            try (Connection another = server.connect(database, CLERK)) {
                assertThat(fence.endWithin(session, Duration.ofSeconds(5)).left())
                        .extracting(ClientSession::pid)
                        .containsExactlyInAnyOrder(superuser, pid(another));
                run(another, "select 1");
            }
        }
    }

    /** What waits for the end of others is over when the time is. */
    @Test
    void waitsForNobodyLongerThanItIsTold() throws SQLException {
        String database = databaseWithClerk(17);
        PostgresCluster server = SharedServers.of(17);
        try (PostgresSession session = SharedServers.open(17, database);
                Connection client = server.connect(database, CLERK)) {
            int stopped = pid(client);
            signal("STOP", stopped);
            try {
                assertThat(fence.endWithin(session, Duration.ofMillis(200)).left())
                        .extracting(ClientSession::pid)
                        .containsExactly(stopped);
            } finally {
                signal("CONT", stopped);
            }
            await().until(() -> fence.behind(session).clients().isEmpty());
        }
    }

    private static void signal(String name, int pid) {
        Processes.signal(name, ProcessHandle.of(pid).stream().toList());
    }

    @ParameterizedTest
    @CsvSource({", -1", "off, 7", "no, -1", "on, 100", "yes, 3", "t, 3"})
    void saysTheSameInOtherWords(String readOnly, int limit) {
        FenceState before = new FenceState(readOnly, limit);
        for (int major : List.of(13, 18)) {
            String database = databaseWithClerk(major);
            try (PostgresSession session = SharedServers.open(major, database)) {
                fence.raise(session, true);
                fence.lift(session, before.inOtherWords());

                assertThat(fence.read(session))
                        .isEqualTo(before.inOtherWords())
                        .isNotEqualTo(before)
                        .matches(now -> now.isOpen() == before.isOpen());
                try (Connection client = SharedServers.of(major).connect(database, CLERK)) {
                    assertThat(insert(client) == null).isEqualTo(before.isOpen());
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** The same as what the server lets it end when it tries. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void knowsBeforehandWhomItMayNotEnd(int major) throws SQLException {
        String database = databaseWithClerk(major);
        PostgresCluster server = SharedServers.of(major);
        server.execute(database, "drop role if exists warden");
        server.execute(database, "create role warden login password 'warden' in role pg_monitor");
        Endpoint endpoint = SharedServers.endpoint(major);
        Endpoint warden =
                new Endpoint(endpoint.host(), endpoint.port(), "warden", new Secret("warden"), endpoint.sslMode());

        try (PostgresSession session = SharedServers.SESSIONS.open(warden, database, PostgresSessions.SHORT);
                PostgresSession superuser = SharedServers.open(major, database);
                Connection ours = server.connect(database, new Login("warden", "warden"));
                Connection client = server.connect(database, CLERK);
                Connection elsewhere = server.connect("postgres")) {
            run(ours, "select 1");
            run(elsewhere, "select 1");
            // what calls itself by our name is a session of another role all the same
            assertThat(fence.unendable(session).ofSuperusers())
                    .extracting(ClientSession::pid)
                    .containsExactly(superuser.backendPid());
            assertThat(fence.unendable(session).ofOthers())
                    .extracting(ClientSession::pid)
                    .containsExactly(pid(client));
            assertThat(fence.unendable(session).sentences()).hasSize(2);
            assertThat(fence.unendable(superuser).sentences()).isEmpty();
            assertThatThrownBy(() -> fence.endClientSessions(session))
                    .hasMessageContaining("process " + pid(client) + " of clerk")
                    .hasMessageContaining("GRANT pg_signal_backend TO \"warden\"");

            server.execute(database, "grant pg_signal_backend to warden");
            assertThat(fence.unendable(session).ofOthers()).isEmpty();
            assertThat(fence.unendable(session).ofSuperusers()).hasSize(1);
            assertThatThrownBy(() -> fence.endClientSessions(session))
                    .hasMessageContaining("process " + superuser.backendPid() + " of upshift (upshift)");

            superuser.close();
            await().until(() -> fence.unendable(session).sentences().isEmpty());
            fence.endClientSessions(session);
            assertThat(insert(client)).as("its session is over").isNotNull();
        }
    }

    /** The server knows a background worker by what it does only a moment after it shows the session. */
    @Test
    void aWorkerThatIsJustStartingHidesNothing() throws Exception {
        String database = databaseWithClerk(17);
        AtomicBoolean over = new AtomicBoolean();
        try (PostgresSession session = SharedServers.open(17, database);
                ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> workers = parallel.submit(() -> {
                try (Connection other = SharedServers.of(17).connect(database)) {
                    run(other, "set debug_parallel_query = on");
                    while (!over.get()) {
                        run(other, "select count(*) from pg_class");
                    }
                }
                return null;
            });
            try {
                for (int look = 0; look < 1_500; look++) {
                    fence.behind(session);
                }
            } finally {
                over.set(true);
                workers.get();
            }
        }
    }

    /**
     * What an open transaction of another database really keeps from being done, and that the look before says just
     * that.
     */
    @ParameterizedTest
    @CsvSource({
        "13, false",
        "13, true",
        "15, false",
        "15, true",
        "18, false",
        "18, true",
    })
    void knowsWhoHoldsWhatIsSetForADatabase(int major, boolean hasSettings) throws SQLException {
        String database = databaseWithClerk(major);
        String quoted = '"' + database + '"';
        PostgresCluster server = SharedServers.of(major);
        if (hasSettings) {
            server.execute("postgres", "alter database " + quoted + " set work_mem = '5MB'");
        }
        try (PostgresSession session = SharedServers.open(major, database)) {
            for (String settings : List.of(
                    "alter database %s set maintenance_work_mem = '65MB'",
                    "savepoint a; alter database %s set maintenance_work_mem = '65MB'; release a")) {
                assertHeld(session, settings.formatted(quoted), true, hasSettings); // nothing is there to be reset else
            }
            for (String row : List.of(
                    "alter database %s connection limit 7",
                    "grant connect on database %s to clerk", "alter database %s owner to clerk")) {
                assertHeld(session, row.formatted(quoted), false, true);
            }
            assertHeld(session, "lock table pg_catalog.pg_db_role_setting in share mode", true, true);
            for (String harmless : List.of(
                    "comment on database %s is 'moves'",
                    "select count(*) from pg_database",
                    "alter database postgres set maintenance_work_mem = '65MB'",
                    "alter database postgres connection limit 50",
                    "alter role clerk set work_mem = '6MB'",
                    "alter role clerk in database %s set work_mem = '6MB'")) {
                assertHeld(session, harmless.formatted(quoted), false, false);
            }
        }
    }

    /** On a busy machine a try may be over before anybody has asked for whom it waits: that is not nobody. */
    @Test
    void whoeverHoldsItIsNeverTakenForNobody() throws SQLException {
        String database = databaseWithClerk(13);
        try (PostgresSession session = SharedServers.open(13, database);
                Connection other = SharedServers.of(13).connect("postgres")) {
            Fence late = TestFence.create(new Waiting(lateAtFirst(SharedServers.of(13))));
            begin(other, "alter database \"%s\" set maintenance_work_mem = '65MB'".formatted(database));

            assertThat(late.holders(session)).extracting(SettingsHolder::pid).containsExactly(pid(other));
        }
    }

    /** Whoever asks it for the time the first time has the answer when two tries have waited and are over. */
    private static Clock lateAtFirst(PostgresCluster server) {
        long before = givenUp(server);
        Clock clock = mock(Clock.class);
        when(clock.instant())
                .thenAnswer(_ -> {
                    await().until(() -> givenUp(server) == before + 2);
                    return Instant.now();
                })
                .thenAnswer(_ -> Instant.now());
        return clock;
    }

    private static long givenUp(PostgresCluster server) {
        return server.log()
                .lines()
                .filter(line -> line.contains("canceling statement due to lock timeout"))
                .count();
    }

    /** A soft fence touches one row, and whatever lifts a fence both. */
    private void assertHeld(PostgresSession session, String statement, boolean raising, boolean lifting)
            throws SQLException {
        PostgresCluster server = SharedServers.of(session.version().major());
        FenceState open = fence.read(session);
        assertThat(fence.holders(session)).as("before " + statement).isEmpty();
        try (Connection other = server.connect("postgres")) {
            begin(other, statement);
            int pid = pid(other);

            assertThat(fence.holders(session))
                    .as(statement)
                    .hasSize(raising || lifting ? 1 : 0)
                    .allSatisfy(holder -> {
                        assertThat(holder.pid()).isEqualTo(pid);
                        assertThat(holder.words()).contains("in database postgres, its transaction open since 2");
                        assertThat(holder.endable()).isTrue();
                    });
            assertThat(refusal(() -> fence.raise(session, false)))
                    .as("raising: " + statement)
                    .isEqualTo(raising ? List.of(pid) : List.of());
            assertThat(refusal(() -> fence.lift(session, open)))
                    .as("lifting: " + statement)
                    .isEqualTo(lifting ? List.of(pid) : List.of());
            other.rollback();
        }
        fence.lift(session, open);
    }

    private static void begin(Connection connection, String statement) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, statement);
    }

    /** Who kept it from being done, within a moment; empty where it was done. */
    private static List<Integer> refusal(Runnable change) {
        long begun = System.nanoTime();
        try {
            change.run();
            return List.of();
        } catch (SettingsHeld held) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            return held.holders().stream().map(SettingsHolder::pid).toList();
        }
    }

    /** Only as far as our role may, and only in the transaction that was in the way. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void endsWhoHoldsItAsFarAsItMay(int major) throws SQLException {
        String database = databaseWithClerk(major);
        String set = "alter database \"" + database + "\" set work_mem = '5MB'";
        PostgresCluster server = SharedServers.of(major);
        server.execute(database, "drop role if exists warden");
        server.execute(
                database, "create role warden login password 'warden' in role pg_monitor, pg_signal_backend, clerk");
        server.execute(database, "alter database \"" + database + "\" owner to clerk");
        Endpoint endpoint = SharedServers.endpoint(major);
        Endpoint warden =
                new Endpoint(endpoint.host(), endpoint.port(), "warden", new Secret("warden"), endpoint.sslMode());

        try (PostgresSession session = SharedServers.SESSIONS.open(warden, database, PostgresSessions.SHORT);
                Connection owner = server.connect("postgres", CLERK);
                Connection administrator = server.connect("postgres")) {
            FenceState open = fence.read(session);
            begin(owner, set);
            List<SettingsHolder> first = fence.holders(session);
            owner.rollback();
            begin(owner, "select 1");
            assertThat(fence.endHolders(session, first)).as("over already").isTrue();
            run(owner, "select 1");
            owner.rollback();

            begin(owner, set);
            assertThat(fence.endHolders(session, fence.holders(session))).isTrue();
            fence.raise(session, false);
            assertThat(catchThrowable(() -> run(owner, "select 1"))).isNotNull();

            begin(administrator, set);
            assertThatThrownBy(() -> fence.lift(session, open))
                    .isInstanceOfSatisfying(
                            SettingsHeld.class,
                            held -> assertThat(held.holders()).singleElement().matches(holder -> !holder.endable()))
                    .hasMessageContainingAll("process " + pid(administrator), "which our role may not");
            run(administrator, "select 1");
        }
    }

    /** The server's word for it is an error of its own. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void goesOnOnceTheOtherHasCommitted(int major) throws Exception {
        String database = databaseWithClerk(major);
        PostgresCluster server = SharedServers.of(major);
        try (PostgresSession session = SharedServers.open(major, database);
                PostgresSession beside = SharedServers.open(major, database);
                Connection other = server.connect("postgres");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int memory : List.of(5, 6)) { // a new row, and one that there is
                begin(other, "alter database \"" + database + "\" set work_mem = '" + memory + "MB'");
                Future<?> raising = threads.submit(() -> fence.raise(session, false));
                await().pollInterval(Duration.ofMillis(1)).until(() -> isBlocked(beside, session.backendPid()));
                other.commit();

                raising.get();
                assertThat(fence.read(session).stands(false)).isTrue();
            }
        }
    }

    private static boolean isBlocked(PostgresSession beside, int pid) {
        return beside.jdbc()
                .sql("select pg_blocking_pids(:pid) <> '{}'")
                .param("pid", pid)
                .query(Boolean.class)
                .single();
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select pg_backend_pid()")) {
            answer.next();
            return answer.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17})
    void seesWhoStillWrites(int major) throws SQLException {
        String database = databaseWithClerk(major);
        PostgresCluster server = SharedServers.of(major);

        try (PostgresSession session = SharedServers.open(major, database);
                Connection reading = server.connect(database, CLERK);
                Connection writing = server.connect(database, CLERK)) {
            reading.setAutoCommit(false);
            run(reading, "select * from note");
            writing.setAutoCommit(false);
            run(writing, "set application_name = 'till'");
            writing.commit();
            assertThat(fence.behind(session).writers()).isEmpty();

            assertThat(insert(writing)).isNull();
            assertThat(fence.behind(session).writers()).singleElement().satisfies(writer -> {
                assertThat(writer.user()).isEqualTo("clerk");
                assertThat(writer.application()).isEqualTo("till");
                assertThat(writer.address()).startsWith("127.0.0.1");
            });

            writing.commit();
            assertThat(fence.behind(session).writers()).isEmpty();
        }
    }

    private static String databaseWithClerk(int major) {
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

    private static Throwable insert(Connection connection) {
        return catchThrowable(() -> run(connection, "insert into note values ('client')"));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
