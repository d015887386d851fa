package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.LinkRefused;
import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.Links.SubscribedTable;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** The parts of links on real servers, in both directions between 13 and 17. */
@ExtendWith(SharedServers.class)
class LinksIT {

    private static final TableName NOTE = new TableName("public", "Note");
    private static final TableName LOG = new TableName("public", "log");
    private static final List<TableName> TABLES = List.of(NOTE, LOG);

    /** The log has no key, so that a row that arrives twice is there twice. */
    private static final String SCHEMA = """
            create table "Note" (id int primary key, words text);
            create table log (words text);
            alter table log replica identity full;
            """;

    private final Links links = TestLinks.create();
    private final LinkSide old = new LinkSide(13, SCHEMA);
    private final LinkSide current = new LinkSide(17, SCHEMA);

    @AfterEach
    void removeLinks() {
        for (LinkSide side : List.of(old, current)) {
            side.close(links);
        }
    }

    @Nested
    class Publishing {

        private final PostgresSession session = current.session;

        @Test
        void makesTheListEqualHoweverItWasBefore() {
            current.execute("""
                    create table part (id int primary key) partition by range (id);
                    create table part_1 partition of part for values from (0) to (10);
                    create table parent (id int primary key);
                    create table child () inherits (parent);
                    """);
            TableName root = new TableName("public", "part");
            TableName parent = new TableName("public", "parent");

            assertThat(links.publishedTables(session, "p")).isEmpty();
            links.publish(session, "p", List.of(root, NOTE, parent, NOTE));
            links.publish(session, "p", List.of(root, NOTE, parent));
            assertThat(links.publishedTables(session, "p")).containsExactly(NOTE, parent, root);

            links.publish(session, "p", List.of(LOG, root));
            assertThat(links.publishedTables(session, "p")).containsExactly(LOG, root);

            links.publish(session, "p", List.of());
            assertThat(links.publishedTables(session, "p")).isEmpty();

            links.dropPublication(session, "p");
            links.dropPublication(session, "p");
            assertThat(current.value("select count(*) from pg_publication")).isEqualTo("0");
        }

        @ParameterizedTest
        @ValueSource(ints = {13, 17})
        void takesThousandsOfTablesAtOnce(int major) {
            LinkSide side = major == 13 ? old : current;
            List<TableName> many = IntStream.range(0, 3_000)
                    .mapToObj(i -> new TableName("public", "Table No. " + i))
                    .toList();
            side.execute(many.stream()
                    .map(table -> "create table \"" + table.table() + "\" ()")
                    .collect(Collectors.joining(";")));

            links.publish(side.session, "many", many);
            links.publish(side.session, "many", many.subList(1_000, 3_000));

            assertThat(links.publishedTables(side.session, "many")).hasSize(2_000);
        }
    }

    @Nested
    class Slots {

        @ParameterizedTest
        @ValueSource(ints = {13, 17})
        void comeOnceAndMoveForwardOnly(int major) {
            LinkSide side = major == 13 ? old : current;
            String slot = side.name("slot");
            links.createSlot(side.session, slot);
            links.createSlot(side.session, slot);
            Lsn first = confirmed(side, slot);
            side.execute("insert into log values ('moves the position')");
            Lsn target = links.writePosition(side.session);

            Lsn reached = links.advanceSlot(side.session, slot, target);
            Lsn again = links.advanceSlot(side.session, slot, first);

            assertThat(reached).isEqualTo(target);
            assertThat(again).isEqualTo(target);
            assertThat(links.insertPosition(side.session)).isGreaterThanOrEqualTo(target);
            assertThat(links.slotsBeginning(side.session, slot.substring(0, slot.length() - 1)))
                    .singleElement()
                    .satisfies(state -> {
                        assertThat(state.name()).isEqualTo(slot);
                        assertThat(state.database()).isEqualTo(side.database);
                        assertThat(state.active()).isFalse();
                        assertThat(state.activePid()).isNull();
                        assertThat(state.confirmedFlush()).isEqualTo(target);
                        assertThat(state.walStatus()).isEqualTo(WalStatus.RESERVED);
                    });

            assertThat(links.dropSlot(side.session, slot)).isTrue();
            assertThat(links.dropSlot(side.session, slot)).isFalse();
            assertThat(links.slot(side.session, slot)).isEmpty();
            assertThatThrownBy(() -> links.advanceSlot(side.session, slot, target))
                    .hasMessageContaining(slot);
        }

        @Test
        void sayWhatTheyWaitFor() throws SQLException {
            String slot = current.name("slot");
            try (Connection writing = SharedServers.of(17).connect(current.database);
                    Statement statement = writing.createStatement()) {
                writing.setAutoCommit(false);
                statement.execute("insert into log values ('still open')");
                current.session.limitStatements(Duration.ofMillis(200));

                assertThatThrownBy(() -> links.createSlot(current.session, slot))
                        .hasMessageContaining(slot)
                        .hasMessageContaining("in database " + current.database)
                        .hasMessageContaining(
                                "Let it COMMIT or ROLLBACK, or end it there: SELECT pg_terminate_backend(");
            }

            current.session.limitStatements(Duration.ofSeconds(10));
            assertThat(links.slot(current.session, slot)).isEmpty();
            links.createSlot(current.session, slot);
            assertThat(links.slot(current.session, slot)).isPresent();
        }

        @Test
        void ofAnotherDatabaseAreNotTaken() {
            LinkSide other = new LinkSide(17, "");
            String slot = current.name("slot");
            links.createSlot(other.session, slot);

            assertThatThrownBy(() -> links.createSlot(current.session, slot))
                    .hasMessageContaining(slot)
                    .hasMessageContaining(other.database);

            links.dropSlot(other.session, slot);
            other.close(links);
        }

        @Test
        void tellHowFarBehindTheyAre() {
            String slot = current.name("slot");
            links.createSlot(current.session, slot);
            long before = state(slot).behind().bytes();

            current.execute("insert into log select repeat('x', 1000) from generate_series(1, 1000)");

            assertThat(state(slot).behind().bytes()).isGreaterThan(before + 1_000_000);
            assertThat(state(slot).retained().bytes())
                    .isGreaterThanOrEqualTo(state(slot).behind().bytes());
            links.dropSlot(current.session, slot);
        }

        private SlotState state(String slot) {
            return links.slot(current.session, slot).orElseThrow();
        }
    }

    @Nested
    class Replicating {

        @BeforeEach
        void rows() {
            old.execute("""
                    insert into "Note" select g, 'note ' || g from generate_series(1, 100) as g;
                    insert into log select 'line ' || g from generate_series(1, 100) as g;
                    """);
        }

        @Test
        void copiesFollowsAndStops() {
            String link = forward(false);

            assertThat(links.subscription(current.session, link)).hasValueSatisfying(state -> {
                assertThat(state.name()).isEqualTo(link);
                assertThat(state.enabled()).isTrue();
                assertThat(state.workerPid()).isNotNull();
                assertThat(state.applyErrors()).isZero();
                assertThat(state.syncErrors()).isZero();
            });
            old.execute("update \"Note\" set words = 'changed' where id = 1; insert into log values ('new')");
            await().until(() -> current.value("select count(*) from log").equals("101"));
            assertThat(current.value("select words from \"Note\" where id = 1")).isEqualTo("changed");
            assertThat(links.slot(old.session, link)).hasValueSatisfying(slot -> {
                assertThat(slot.active()).isTrue();
                assertThat(slot.activePid()).isNotNull();
            });

            links.disable(current.session, link);
            old.execute("insert into log values ('while it is off')");
            assertThat(links.subscription(current.session, link)).hasValueSatisfying(state -> {
                assertThat(state.enabled()).isFalse();
                assertThat(state.workerPid()).isNull();
            });

            links.enable(current.session, link);
            await().until(() -> current.value("select count(*) from log").equals("102"));

            links.dropSubscription(current.session, link);
            links.dropSubscription(current.session, link);
            assertThat(links.subscription(current.session, link)).isEmpty();
            assertThat(current.value(
                            "select count(*) from pg_description where classoid = 'pg_subscription'::regclass"))
                    .as("comments that the server keeps of what is gone")
                    .isEqualTo("0");
            assertThat(links.slot(old.session, link))
                    .as("left for the publishing side to drop")
                    .isPresent();
            assertThat(links.dropSlot(old.session, link)).isTrue();
        }

        /**
         * The session of a DISABLE may be lost before it is committed, on the server's side long after. An ENABLE waits
         * for it, and is refused or done; given once more it holds.
         */
        @Test
        void staysEnabledAlthoughADisableWasStillToBeCommitted() throws SQLException {
            String link = forward(false);
            try (Connection lost = SharedServers.of(17).connect(current.database);
                    Statement statement = lost.createStatement()) {
                lost.setAutoCommit(false);
                statement.execute("alter subscription " + link + " disable");
                CompletableFuture<@Nullable Throwable> enabling =
                        CompletableFuture.supplyAsync(() -> catchThrowable(() -> links.enable(current.session, link)));
                await().until(() -> current.value("""
                                select count(*) from pg_stat_activity
                                where wait_event_type = 'Lock' and query ilike 'alter subscription%enable'""").equals("1"));
                assertThat(enabling).isNotDone();
                lost.commit();

                Throwable refused = enabling.join();
                if (refused != null) {
                    assertThat(refused)
                            .isInstanceOf(DataAccessException.class)
                            .hasRootCauseMessage("ERROR: tuple concurrently updated");
                    links.enable(current.session, link);
                }
            }

            assertThat(links.subscription(current.session, link))
                    .hasValueSatisfying(state -> assertThat(state.enabled()).isTrue());
        }

        @Test
        void dropsASlotThatIsInUse() {
            String link = forward(false);
            assertThat(links.slot(old.session, link).orElseThrow().active()).isTrue();

            // The subscription wants it back at once; it must not be left to win.
            links.disable(current.session, link);
            links.enable(current.session, link);
            await().until(() -> links.slot(old.session, link).orElseThrow().active());

            assertThat(links.dropSlot(old.session, link)).isTrue();
            assertThat(links.slot(old.session, link)).isEmpty();
        }

        @Test
        void goesBackWithoutALoop() {
            String forward = forward(false);
            String reverse = current.name("reverse");
            links.publish(current.session, reverse, TABLES);
            links.createSlot(current.session, reverse);
            old.execute("insert into log values ('last on the old side')");
            await().until(() -> current.value("select count(*) from log").equals("101"));

            // The switch, as far as links go.
            links.disable(current.session, forward);
            Lsn start = links.writePosition(current.session);
            links.advanceSlot(current.session, reverse, start);
            current.execute("insert into log values ('first on the new side')");
            current.execute("update \"Note\" set words = 'new side' where id = 2");
            links.dropSubscription(current.session, forward);
            links.subscribe(old.session, definition(reverse, current, false, false, false));
            links.advanceOrigin(old.session, reverse, start);
            links.advanceOrigin(old.session, reverse, start);
            links.enable(old.session, reverse);

            await().until(() -> old.value("select count(*) from log where words = 'first on the new side'")
                    .equals("1"));
            current.execute("insert into log values ('second on the new side')");
            await().until(() -> old.value("select count(*) from log where words = 'second on the new side'")
                    .equals("1"));
            assertThat(old.value("select count(*) from log"))
                    .as("nothing came back")
                    .isEqualTo("103");
            assertThat(old.value(CONTENTS)).isEqualTo(current.value(CONTENTS));
            assertThat(links.subscribedTables(old.session, reverse)).allMatch(SubscribedTable::isReady);
        }

        @Test
        void movesTheOriginOfADisabledSubscriptionOnly() {
            String link = forward(false);

            assertThatThrownBy(() -> links.advanceOrigin(current.session, link, links.writePosition(old.session)))
                    .hasMessageContaining(link)
                    .hasMessageContaining("disabled");
            assertThatThrownBy(() -> links.advanceOrigin(current.session, "nothing", links.writePosition(old.session)))
                    .hasMessageContaining("no subscription nothing");
        }

        @ParameterizedTest
        @ValueSource(ints = {13, 17})
        void takesTheLogToTheDiskEvenWhereCommitsDoNotWait(int major) {
            LinkSide side = major == 13 ? old : current;
            side.execute("alter database \"%s\" set synchronous_commit = off".formatted(side.database));
            try (PostgresSession session = SharedServers.open(major, side.database)) {
                for (int i = 0; i < 20; i++) {
                    session.jdbc()
                            .sql("insert into public.log values ('not waited for')")
                            .update();
                    Lsn written = links.insertPosition(session);

                    assertThat(links.flush(session)).isGreaterThanOrEqualTo(written);
                }
            }
        }

        @Test
        void takesNewTablesOnRefresh() {
            String link = forward(false);
            old.execute("create table late (id int primary key); insert into late values (1)");
            current.execute("create table late (id int primary key)");
            TableName late = new TableName("public", "late");

            links.publish(old.session, link, List.of(NOTE, LOG, late));
            links.refresh(current.session, link, true);

            await().until(() ->
                    links.subscribedTables(current.session, link).stream().allMatch(SubscribedTable::isReady));
            assertThat(links.subscribedTables(current.session, link))
                    .extracting(SubscribedTable::name)
                    .containsExactly(NOTE, late, LOG);
            assertThat(current.value("select count(*) from late")).isEqualTo("1");
        }

        /** Were it to end at an error, the publisher's restart would end it too. */
        @Test
        void goesOnByItselfOnceAConflictIsGone() {
            String link = forward(true);
            current.execute("insert into \"Note\" values (777, 'in the way')");
            old.execute("insert into \"Note\" values (777, 'conflict')");
            await().until(() -> state(link).applyErrors() > 0);
            assertThat(state(link).enabled()).isTrue();

            current.execute("delete from \"Note\" where id = 777");

            await().until(() -> current.value("select count(*) from \"Note\" where words = 'conflict'")
                    .equals("1"));
        }

        @Test
        void leavesNothingWhenDroppedInTheMiddleOfTheCopy() {
            old.execute("insert into log select repeat('x', 100) from generate_series(1, 300000)");
            String link = old.name("forward");
            links.publish(old.session, link, TABLES);
            links.subscribe(current.session, definition(link, old, true, true, true));
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> links.subscribedTables(current.session, link).stream()
                            .anyMatch(table -> table.letter() == 'd'));

            links.dropSubscription(current.session, link);
            links.dropSlot(old.session, link);

            await("slots of the tables being copied")
                    .untilAsserted(() -> assertThat(old.value("select count(*) from pg_replication_slots"
                                    + " where database = current_database()"))
                            .isEqualTo("0"));
            assertThat(current.value("select count(*) from pg_subscription_rel as r"
                            + " join pg_subscription as s on s.oid = r.srsubid where s.subname = '" + link + "'"))
                    .isEqualTo("0");
        }

        private SubscriptionState state(String link) {
            return links.subscription(current.session, link).orElseThrow();
        }

        private String forward(boolean binary) {
            String link = old.name("forward");
            links.publish(old.session, link, TABLES);
            SubscriptionDefinition definition = new SubscriptionDefinition(
                    link, old.endpoint(), old.database, link, link, true, true, true, binary);
            links.subscribe(current.session, definition);
            links.subscribe(current.session, definition);
            await().until(() -> links.subscribedTables(current.session, link).stream()
                            .filter(SubscribedTable::isReady)
                            .count()
                    == TABLES.size());
            return link;
        }

        private static final String CONTENTS =
                "select md5(string_agg(x, '|' order by x)) from (select words from log union all"
                        + " select id || words from \"Note\") as t (x)";
    }

    @Nested
    class Stopping {

        @ParameterizedTest
        @CsvSource({"13, 17", "17, 13"})
        void endsTheWorkersAtOnce(int publisherMajor, int subscriberMajor) {
            LinkSide publisher = publisherMajor == 13 ? old : current;
            LinkSide subscriber = subscriberMajor == 13 ? old : current;
            String link = publisher.name("link");
            links.publish(publisher.session, link, TABLES);
            links.subscribe(subscriber.session, definition(link, publisher, true, true, true));
            await().until(() ->
                    links.subscription(subscriber.session, link).orElseThrow().workerPid() != null);
            long before = System.nanoTime();

            links.disable(subscriber.session, link);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(900));
            assertThat(subscriber.value("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and backend_type like 'logical replication%'"))
                    .isEqualTo("0");
        }
    }

    @Nested
    class Probing {

        private static final String WRONG = "pr0be'\\secret";

        @ParameterizedTest
        @CsvSource({"13, 17", "17, 13"})
        void connectsForRealAndLeavesNothing(int publisherMajor, int subscriberMajor) {
            LinkSide publisher = publisherMajor == 13 ? old : current;
            LinkSide subscriber = subscriberMajor == 13 ? old : current;
            links.publish(publisher.session, "probed", TABLES);

            links.probe(subscriber.session, publisher.endpoint(), publisher.database, "probed");
            links.probe(subscriber.session, publisher.endpoint(), publisher.database, "not there yet");

            assertThat(subscriber.value("select count(*) from pg_subscription as s join pg_database as d"
                            + " on d.oid = s.subdbid where d.datname = current_database()"))
                    .isEqualTo("0");
            assertThat(subscriber.value("select count(*) from pg_replication_origin"))
                    .isEqualTo("0");
            assertThat(publisher.value("select count(*) from pg_replication_slots where database = current_database()"))
                    .isEqualTo("0");
            assertThat(ask(subscriber.session, "show log_min_error_statement")).isEqualTo("error");
        }

        @ParameterizedTest
        @CsvSource({"13, 17", "17, 13"})
        void tellsWhatIsWrongWithoutThePassword(int publisherMajor, int subscriberMajor) {
            LinkSide publisher = publisherMajor == 13 ? old : current;
            LinkSide subscriber = subscriberMajor == 13 ? old : current;
            Endpoint right = publisher.endpoint();
            Endpoint wrong =
                    new Endpoint(right.host(), right.port(), right.username(), new Secret(WRONG), SslMode.PREFER);

            assertThat(refusal(subscriber, wrong, publisher.database))
                    .hasMessageContaining("password authentication failed")
                    .hasMessageContaining("Check the user and the password");
            assertThat(refusal(subscriber, right, "no such database"))
                    .hasMessageContaining("no such database")
                    .hasMessageContaining("does not exist");
            assertThat(refusal(subscriber, right.at("127.0.0.1", 1), publisher.database))
                    .hasMessageContaining("127.0.0.1:1")
                    .hasMessageContaining("listen_addresses");
            assertThat(refusal(subscriber, right.at("db.upshift.invalid", 5432), publisher.database))
                    .hasMessageContaining("db.upshift.invalid")
                    .hasMessageContaining("peer host");
            assertThat(refusal(
                            subscriber,
                            new Endpoint(
                                    right.host(), right.port(), right.username(), right.password(), SslMode.REQUIRE),
                            publisher.database))
                    .hasMessageContaining("SSL");
            assertThat(ask(subscriber.session, "select 1"))
                    .as("the session is usable afterwards")
                    .isEqualTo("1");
        }

        @ParameterizedTest
        @ValueSource(ints = {13, 17})
        void tellsWhenTheRoleMayNotSubscribe(int major) {
            LinkSide subscriber = major == 13 ? old : current;
            LinkSide publisher = major == 13 ? current : old;
            subscriber.execute("""
                    do $$ begin
                        create role clerk login;
                    exception when duplicate_object then null;
                    end $$;
                    alter role clerk password 'clerk'
                    """);
            Endpoint server = subscriber.endpoint();
            Endpoint clerk = new Endpoint(server.host(), server.port(), "clerk", new Secret("clerk"), SslMode.PREFER);

            try (PostgresSession session =
                    SharedServers.SESSIONS.open(clerk, subscriber.database, PostgresSessions.SHORT)) {
                assertThatThrownBy(() -> links.probe(session, publisher.endpoint(), publisher.database, "p"))
                        .isInstanceOf(LinkRefused.class)
                        .hasMessageContaining(major == 13 ? "Below version 16" : "pg_create_subscription");
            }
        }

        @Test
        void worksBehindAFence() {
            current.execute("alter database \"" + current.database + "\" set default_transaction_read_only = on");

            try (PostgresSession session = SharedServers.open(17, current.database)) {
                links.probe(session, old.endpoint(), old.database, "p");
            }
        }

        @Test
        void subscribingDoesNotTellThePasswordEither() {
            Endpoint right = old.endpoint();
            Endpoint wrong =
                    new Endpoint(right.host(), right.port(), right.username(), new Secret(WRONG), SslMode.PREFER);

            Throwable refusal = catchThrowable(() -> links.subscribe(
                    current.session,
                    new SubscriptionDefinition(
                            "refused", wrong, old.database, "p", "refused", true, true, true, false)));

            assertThat(refusal).isInstanceOf(LinkRefused.class);
            assertSecretIsKept(refusal);
            assertThat(ask(current.session, "show log_statement")).isEqualTo("none");
            assertThat(ask(current.session, "show log_min_error_statement")).isEqualTo("error");
        }

        private Throwable refusal(LinkSide subscriber, Endpoint publisher, String database) {
            Throwable refusal = catchThrowable(() -> links.probe(subscriber.session, publisher, database, "p"));
            assertThat(refusal).isInstanceOf(LinkRefused.class);
            assertSecretIsKept(refusal);
            return refusal;
        }

        private static void assertSecretIsKept(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("pr0be").doesNotContain("upshift-lab");
            }
        }

        private static String ask(PostgresSession session, String query) {
            return session.jdbc().sql(query).query(String.class).single();
        }
    }

    private static SubscriptionDefinition definition(
            String link, LinkSide publisher, boolean copyData, boolean createSlot, boolean enabled) {
        return new SubscriptionDefinition(
                link, publisher.endpoint(), publisher.database, link, link, copyData, createSlot, enabled, false);
    }

    private Lsn confirmed(LinkSide side, String slot) {
        return Objects.requireNonNull(
                links.slot(side.session, slot).orElseThrow().confirmedFlush());
    }
}
