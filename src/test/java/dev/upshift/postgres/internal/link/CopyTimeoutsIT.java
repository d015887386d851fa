package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscribedTable;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.SubscriberRoom.Room;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Timeouts that an administrator has set for a database, meant for its clients. */
@ExtendWith(SharedServers.class)
class CopyTimeoutsIT {

    private static final String SCHEMA = "create table wide (id int primary key, words text);";
    private static final String SHORT_TEMPER = """
            alter database "%1$s" set statement_timeout = '15ms';
            alter database "%1$s" set lock_timeout = '5ms';
            alter database "%1$s" set idle_in_transaction_session_timeout = '15ms'""";

    private final Links links = TestLinks.create();
    private final LinkSide old = new LinkSide(13, SCHEMA);
    private final LinkSide current = new LinkSide(17, SCHEMA);

    @AfterEach
    void removeLinks() {
        current.close(links);
        old.close(links);
    }

    @Test
    void doNotEndACopy() {
        old.execute("insert into wide select g, repeat(md5(g::text), 8) from generate_series(1, 150000) g");
        old.execute(SHORT_TEMPER.formatted(old.database));
        current.execute(SHORT_TEMPER.formatted(current.database));
        String link = old.name("link");
        links.publish(old.session, link, List.of(new TableName("public", "wide")));
        links.createSlot(old.session, link);

        links.subscribe(
                current.session,
                new SubscriptionDefinition(link, old.endpoint(), old.database, link, link, true, false, true, false));

        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        links.subscribedTables(current.session, link).stream().allMatch(SubscribedTable::isReady));
        assertThat(current.session
                        .jdbc()
                        .sql("select count(*) from public.wide")
                        .query(Long.class)
                        .single())
                .isEqualTo(150_000);
    }

    @Test
    void thatEndAWorkerAreSeen() {
        current.execute("alter database \"%s\" set transaction_timeout = '300ms'".formatted(current.database));
        try (var session = SharedServers.open(17, current.database)) {
            Room room = new ServerRoom().of(session);

            assertThat(room.transactionTimeout()).isEqualTo(Duration.ofMillis(300));
            assertThat(session.jdbc()
                            .sql("show transaction_timeout")
                            .query(String.class)
                            .single())
                    .isEqualTo("0");
        }
        Room room = new ServerRoom().of(old.session);

        assertThat(room.transactionTimeout()).isZero();
        assertThat(room.originsSetting()).isEqualTo("max_replication_slots");
        assertThat(room.freeOrigins()).isPositive();
        assertThat(room.freeWorkers()).isPositive();
    }
}
