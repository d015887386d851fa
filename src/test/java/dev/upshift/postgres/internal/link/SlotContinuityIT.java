package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever happens to a server, its sender or the subscription: the slot is known to be the same; and one that was made
 * again is known not to be, at once and after it was read from. Servers of its own, because on others slots come and go.
 */
@ExtendWith(SharedServers.class)
class SlotContinuityIT {

    private static final String LINK = "link";
    private static final Duration SOON = Duration.ofSeconds(40);

    private final Links links = TestLinks.create();
    private PostgresCluster from;
    private PostgresCluster to;

    @AfterEach
    void end() {
        from.close();
        to.close();
    }

    @ParameterizedTest
    @CsvSource({"13, 17", "17, 13"})
    void theSameSlotIsKnownAndAnotherOneIsToo(int publisher, int subscriber) {
        from = SharedServers.own(publisher);
        to = SharedServers.own(subscriber);
        subscribe();
        SlotObservation made = look();
        await(
                "longer than file times are coarse",
                () -> !look().at().isBefore(made.at().plusSeconds(3)));

        SlotObservation before = movedOn();
        from.execute("postgres", "select pg_terminate_backend(active_pid) from pg_replication_slots");
        before = sameAfterwards("its sender was ended", before);

        to.execute("postgres", "alter subscription link disable");
        await("nobody reads it", () -> look().sender() == null);
        assertThat(look().continues(before))
                .as("while the subscription is disabled")
                .isTrue();
        to.execute("postgres", "alter subscription link enable");
        before = sameAfterwards("the subscription was enabled again", before);

        from.stop();
        from.restart();
        before = sameAfterwards("the server was restarted in order", before);

        from.kill();
        from.restart();
        before = sameAfterwards("the server crashed", before);

        makeAgain();
        assertThat(look().continues(before)).as("made again").isFalse();
        write(1);
        await("it is read from", () -> look().sender() != null && arrived(1));
        assertThat(look().continues(before))
                .as("made again, and read from since")
                .isFalse();
        assertThat(to.value("postgres", "select count(*) from rows where id = -1"))
                .as("the row in the gap")
                .isEqualTo("0");
    }

    /** The look after the event proves it although all else has moved on: place in the log, sender. */
    private SlotObservation sameAfterwards(String event, SlotObservation before) {
        await("somebody reads it again", () -> look().sender() != null);
        assertThat(look().continues(before)).as(event).isTrue();
        SlotObservation later = movedOn();
        assertThat(later.restart()).as(event).isNotNull();
        assertThat(later.continues(before))
                .as(event + ", and the slot has moved on")
                .isTrue();
        return later;
    }

    /** Lets the slot's place pass the end that the log has now, as time and traffic do. */
    private SlotObservation movedOn() {
        SlotObservation before = look();
        await("the slot moves on", () -> {
            write(0);
            from.execute("postgres", "checkpoint");
            SlotObservation now = look();
            return now.restart() != null && now.restart().isAtLeast(before.flushed()) && now.sender() != null;
        });
        return look();
    }

    private void subscribe() {
        for (PostgresCluster cluster : List.of(from, to)) {
            cluster.execute("postgres", "alter system set wal_retrieve_retry_interval = '200ms'");
            cluster.execute("postgres", "select pg_reload_conf()");
            cluster.execute("postgres", "create table rows (id int, words text default 'x')");
        }
        try (PostgresSession session = open(from);
                PostgresSession other = open(to)) {
            links.publish(session, LINK, List.of(new TableName("public", "rows")));
            links.createSlot(session, LINK);
            links.subscribe(
                    other,
                    new SubscriptionDefinition(
                            LINK, SharedServers.endpoint(from), "postgres", LINK, LINK, false, false, true, false));
        }
        await("it is read from", () -> look().sender() != null);
    }

    private void makeAgain() {
        to.execute("postgres", "alter subscription link disable");
        try (PostgresSession session = open(from)) {
            assertThat(links.dropSlot(session, LINK)).isTrue();
            write(-1);
            links.createSlot(session, LINK);
        }
        to.execute("postgres", "alter subscription link enable");
    }

    private void write(int id) {
        from.execute("postgres", "insert into rows (id) values (" + id + ")");
    }

    private boolean arrived(int id) {
        return !to.value("postgres", "select count(*) from rows where id = " + id)
                .equals("0");
    }

    private SlotObservation look() {
        try (PostgresSession session = open(from)) {
            return links.observe(session, LINK).orElseThrow();
        }
    }

    private static PostgresSession open(PostgresCluster cluster) {
        return SharedServers.SESSIONS.open(SharedServers.endpoint(cluster), "postgres", PostgresSessions.SHORT);
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition::getAsBoolean);
    }
}
