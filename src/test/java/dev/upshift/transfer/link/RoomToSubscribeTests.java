package dev.upshift.transfer.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.Finding;
import dev.upshift.postgres.link.SubscriberRoom.Room;
import dev.upshift.shared.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoomToSubscribeTests {

    @Test
    void defaultsAreEnoughForAFewDatabases() {
        assertThat(RoomToSubscribe.findings(Side.TARGET, room(10, 4, 7, 2), 1, true))
                .isEmpty();
        assertThat(RoomToSubscribe.findings(Side.TARGET, room(10, 4, 7, 2), 3, true))
                .isEmpty();
        assertThat(RoomToSubscribe.findings(Side.SOURCE, room(4, 4, 7, 2), 4, false))
                .isEmpty();
    }

    @Test
    void whatIsMissingIsNamedWithItsParameter() {
        assertThat(RoomToSubscribe.findings(Side.TARGET, room(1, 4, 7, 2), 1, true))
                .extracting(Finding::sentence)
                .containsExactly("target: there is room for 1 more replication origins, 3 are needed. Raise"
                        + " max_active_replication_origins there, which needs a restart.");
        assertThat(RoomToSubscribe.findings(Side.TARGET, room(10, 4, 7, 2), 4, true))
                .extracting(Finding::sentence)
                .singleElement()
                .asString()
                .contains("max_logical_replication_workers");
        assertThat(RoomToSubscribe.findings(Side.SOURCE, room(0, 0, -1, 2), 1, false))
                .hasSize(3);
        assertThat(RoomToSubscribe.findings(Side.TARGET, room(10, 4, 7, 0), 1, true))
                .extracting(Finding::sentence)
                .singleElement()
                .asString()
                .contains("max_sync_workers_per_subscription is 0");
    }

    @Test
    void aTimeoutIsToldWithItsRemedy() {
        Room hasty = new Room(10, "o", 4, 7, 2, Duration.ofMillis(1500), "up\"shift");

        assertThat(RoomToSubscribe.timeouts(Side.TARGET, room(1, 1, 1, 1), "shop"))
                .isEmpty();
        assertThat(RoomToSubscribe.timeouts(Side.TARGET, hasty, "shop"))
                .extracting(Finding::sentence)
                .singleElement()
                .asString()
                .contains("transaction_timeout is 1.5 s")
                .contains("ALTER ROLE \"up\"\"shift\" IN DATABASE \"shop\" SET transaction_timeout = 0");
    }

    private static Room room(int origins, int workers, int processes, int syncWorkers) {
        return new Room(
                origins, "max_active_replication_origins", workers, processes, syncWorkers, Duration.ZERO, "upshift");
    }
}
