package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.Subscriber;
import dev.upshift.postgres.link.Links.SubscriptionDefinition;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every major can feed every other one, forward and back, and be asked whether it could. */
@ExtendWith(SharedServers.class)
class EveryMajorIT {

    private static final int OLDEST = 13;
    private static final int NEWEST = 18;

    private static final Links LINKS = TestLinks.create();
    private static final HelperSchema HELPER = new SentinelSchema();
    private static final Map<Integer, LinkSide> SIDES = new TreeMap<>();

    @BeforeAll
    static void open() {
        for (int major = OLDEST; major <= NEWEST; major++) {
            LinkSide side = new LinkSide(major, "");
            HELPER.create(side.session);
            LINKS.publish(side.session, "sentinels", List.of(HelperSchema.SENTINEL));
            SIDES.put(major, side);
        }
    }

    @AfterAll
    static void close() {
        SIDES.values().forEach(side -> side.close(LINKS));
        SIDES.clear();
    }

    @Test
    void provesThatItCanSubscribe() {
        List<String> proven = new ArrayList<>();
        for (LinkSide subscriber : SIDES.values()) {
            for (LinkSide publisher : SIDES.values()) {
                if (publisher != subscriber) {
                    LINKS.probe(subscriber.session, publisher.endpoint(), publisher.database, "sentinels");
                    proven.add(publisher.major + "→" + subscriber.major);
                }
            }
        }

        assertThat(proven).hasSize(30);
        assertThat(SIDES.values())
                .allSatisfy(side -> assertThat(side.value(
                                "select count(*) from pg_subscription" + " where subname like 'upshift_probe%'"))
                        .isEqualTo("0"));
    }

    /** Anybody may ask for it from 14 on, where it names slots. */
    @Test
    void tellsByWhatItNamesSlotsOfCopies() {
        for (LinkSide side : SIDES.values()) {
            side.execute("create subscription named connection 'host=127.0.0.1' publication p with (connect = false)");
            side.execute("create role slot_reader login password 'reader'");
            Endpoint server = side.endpoint();
            Endpoint reader =
                    new Endpoint(server.host(), server.port(), "slot_reader", new Secret("reader"), SslMode.PREFER);
            String oid = side.value("select oid from pg_subscription where subname = 'named'");
            String identifier = side.value("select system_identifier from pg_control_system()");

            try (PostgresSession session = SharedServers.SESSIONS.open(
                    side.major < 14 ? server : reader, side.database, PostgresSessions.SHORT)) {
                Subscriber subscriber = LINKS.subscriber(session);

                assertThat(subscriber.subscriptions()).contains(Long.valueOf(oid));
                assertThat(subscriber.hasForsaken("pg_1_sync_1_" + identifier)).isTrue();
                assertThat(subscriber.hasForsaken("pg_" + oid + "_sync_1_" + identifier))
                        .isFalse();
                assertThat(subscriber.hasForsaken("pg_1_sync_1_1" + identifier)).isFalse();
            }
            side.execute("drop role slot_reader");
        }
    }

    /** Every upgrade by one major or more from the oldest, and each way back. */
    @ParameterizedTest
    @CsvSource({"13, 14", "13, 15", "13, 16", "13, 17", "13, 18", "14, 15", "15, 16", "16, 17", "17, 18", "14, 18"})
    void carriesRowsForwardAndBack(int older, int newer) {
        for (List<Integer> pair : List.of(List.of(older, newer), List.of(newer, older))) {
            LinkSide from = SIDES.get(pair.getFirst());
            LinkSide to = SIDES.get(pair.getLast());
            String link = from.name("to_" + to.major);
            LINKS.createSlot(from.session, link);
            Lsn start = LINKS.writePosition(from.session);
            HELPER.write(from.session, "before " + link);
            LINKS.advanceSlot(from.session, link, LINKS.writePosition(from.session));
            LINKS.subscribe(
                    to.session,
                    new SubscriptionDefinition(
                            link, from.endpoint(), from.database, "sentinels", link, false, false, false, false));
            LINKS.advanceOrigin(to.session, link, start);
            LINKS.enable(to.session, link);

            HELPER.write(from.session, "after " + link);

            await().pollInterval(Duration.ofMillis(20)).until(() -> HELPER.sees(to.session, "after " + link));
            assertThat(HELPER.sees(to.session, "before " + link)).isFalse();
            Lsn arrived = HELPER.arrival(to.session, "after " + link).orElseThrow();
            assertThat(LINKS.flush(to.session)).isGreaterThanOrEqualTo(arrived);
            assertThat(options(to, link)).isEqualTo(expectedOptions(to.major));

            LINKS.dropSubscription(to.session, link);
            assertThat(LINKS.dropSlot(from.session, link)).isTrue();
        }
    }

    /** {@code substream} is a boolean up to 15 and a letter from 16 on: p for parallel. */
    private static List<String> options(LinkSide side, String link) {
        return IntStream.of(14, 15)
                .filter(since -> side.major >= since)
                .mapToObj(since -> since == 14 ? "substream" : "subdisableonerr")
                .map(column ->
                        side.value("select " + column + "::text from pg_subscription where subname = '" + link + "'"))
                .toList();
    }

    private static List<String> expectedOptions(int major) {
        return switch (major) {
            case 13 -> List.of();
            case 14 -> List.of("true");
            case 15 -> List.of("true", "false");
            default -> List.of("p", "false");
        };
    }
}
