package dev.upshift.postgres.internal.looks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.DatabaseLooks.ConnectedClient;
import dev.upshift.postgres.DatabaseLooks.SideReading;
import dev.upshift.postgres.DatabaseLooks.SubscriptionFacts;
import dev.upshift.postgres.DatabaseLooks.TableCopy;
import dev.upshift.postgres.internal.link.LinkSide;
import dev.upshift.postgres.internal.link.TestLinks;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every major is asked as a publisher and as a subscriber. */
@ExtendWith(SharedServers.class)
class SqlDatabaseLooksIT {

    private static final TableName ORDERS = new TableName("public", "orders");

    private final Links links = TestLinks.create();
    private final DatabaseLooks looks = new SqlDatabaseLooks();

    @ParameterizedTest
    @CsvSource({"13, 18", "18, 17", "17, 16", "16, 15", "15, 14", "14, 13"})
    void bothEndsOfALinkTellTheirPart(int publisher, int subscriber) {
        LinkSide from = new LinkSide(publisher, "create table orders (id int primary key)");
        LinkSide to = new LinkSide(subscriber, "create table orders (id int primary key)");
        String link = from.name("looked_at");
        try {
            links.publish(from.session, link, List.of(ORDERS));
            links.subscribe(
                    to.session,
                    new SubscriptionDefinition(
                            link, from.endpoint(), from.database, link, link, true, true, true, false));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> looks.copies(to.session, link).stream()
                            .allMatch(table -> table.letter().equals("r")));

            assertThat(looks.copies(to.session, link)).containsExactly(new TableCopy(ORDERS, "r", false, null, null));
            SideReading publishing = looks.side(from.session, link, "none");
            assertThat(publishing.subscription()).isNull();
            assertThat(publishing.slot()).isNotNull().satisfies(slot -> {
                assertThat(slot.active()).isTrue();
                assertThat(slot.confirmed()).isGreaterThan(new Lsn(0));
                assertThat(slot.walStatus()).isEqualTo(WalStatus.RESERVED);
                assertThat(slot.look().database()).isEqualTo(from.database);
                assertThat(slot.look().publication()).isNotEqualTo("none");
            });
            SideReading subscribing = looks.side(to.session, "none", link);
            assertThat(subscribing.slot()).isNull();
            assertThat(subscribing.subscription()).isNotNull().satisfies(subscription -> {
                assertThat(subscription.enabled()).isTrue();
                assertThat(subscription.worker()).isNotNull();
                assertThat(subscription.applyErrors()).isZero();
                assertThat(subscription.tables().notReady()).isZero();
            });
        } finally {
            to.close(links);
            from.close(links);
        }
    }

    /** So that all tables are read only when there is something new to read. */
    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void whatTellsTablesFromThoseBeforeChangesWithThem(int major) {
        LinkSide side = new LinkSide(major, "create table orders (id int primary key)");
        String link = side.name("looked_at");
        try {
            side.execute("create subscription %s connection 'host=127.0.0.1' publication p with (connect = false)"
                    .formatted(link));
            SubscriptionFacts before = subscription(side, link);
            side.execute("insert into pg_subscription_rel (srsubid, srrelid, srsubstate)"
                    + " select oid, 'orders'::regclass, 'i' from pg_subscription where subname = '%s'".formatted(link));
            SubscriptionFacts begun = subscription(side, link);
            side.execute("update pg_subscription_rel set srsubstate = 'r' where srrelid = 'orders'::regclass");
            SubscriptionFacts ready = subscription(side, link);

            assertThat(before.tables().notReady()).isZero();
            assertThat(begun.tables().notReady()).isEqualTo(1);
            assertThat(ready.tables().notReady()).isZero();
            assertThat(Set.of(before.tables(), begun.tables(), ready.tables())).hasSize(3);
            assertThat(subscription(side, link).tables()).isEqualTo(ready.tables());
        } finally {
            side.execute("alter subscription %s set (slot_name = none)".formatted(link));
            side.close(links);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void databaseWithoutALinkTellsOfItselfAlone(int major) {
        LinkSide side = new LinkSide(major, """
                create table orders (id int primary key);
                create table part (id int) partition by range (id);
                create table part_1 partition of part for values from (0) to (10) partition by range (id);
                create table part_1_1 partition of part_1 for values from (0) to (5)""");
        try {
            SideReading open = looks.side(side.session, "none", "none");
            side.execute("alter database \"%s\" set default_transaction_read_only = on".formatted(side.database));
            SideReading fenced = looks.side(side.session, "none", "none");

            assertThat(open.slot()).isNull();
            assertThat(open.subscription()).isNull();
            assertThat(open.written()).isGreaterThan(new Lsn(0));
            assertThat(open.fenced()).isFalse();
            assertThat(fenced.fenced()).isTrue();
            assertThat(looks.copies(side.session, "none")).isEmpty();
            assertThat(looks.partitioned(side.session))
                    .containsExactlyInAnyOrder(new TableName("public", "part"), new TableName("public", "part_1"));
        } finally {
            side.close(links);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void clientsAreTheOthersOfTheDatabase(int major) throws Exception {
        LinkSide side = new LinkSide(major, "");
        try (var client = SharedServers.of(major).connect(side.database);
                var statement = client.createStatement()) {
            statement.execute("set application_name = 'nightly job'");

            assertThat(looks.clients(side.session))
                    .extracting(ConnectedClient::application, ConnectedClient::address)
                    .containsExactly(tuple("nightly job", "127.0.0.1"));
            assertThat(looks.processes(side.session, List.of(side.database)))
                    .contains(side.session.backendPid())
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(looks.processes(side.session, List.of())).isEmpty();
        } finally {
            side.close(links);
        }
    }

    private SubscriptionFacts subscription(LinkSide side, String link) {
        SubscriptionFacts subscription = looks.side(side.session, "none", link).subscription();
        assertThat(subscription).isNotNull();
        return subscription;
    }
}
