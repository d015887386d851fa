package dev.upshift.transfer.link;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.link.SubscriberRoom.Room;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds what a side lacks to subscribe. Pure. */
public final class RoomToSubscribe {

    private RoomToSubscribe() {}

    /**
     * What as many new subscriptions lack.
     *
     * @param copying whether they copy tables, for which there are workers with origins of their own
     */
    public static List<Finding> findings(Side side, Room room, int subscriptions, boolean copying) {
        int copies = copying
                ? Math.max(
                        1,
                        Math.min(
                                subscriptions * room.syncWorkers(),
                                Math.min(room.freeWorkers(), room.freeProcesses()) - subscriptions))
                : 0;
        List<Finding> wrong = new ArrayList<>();
        // A copy that finds no origin fails and is tried again, as many at a time as there are workers.
        require(wrong, side, room.originsSetting(), room.freeOrigins(), subscriptions + copies, "replication origins");
        int least = subscriptions + (copying ? 1 : 0);
        require(wrong, side, "max_logical_replication_workers", room.freeWorkers(), least, "logical workers");
        require(wrong, side, "max_worker_processes", room.freeProcesses(), least, "worker processes");
        if (copying && room.syncWorkers() < 1) {
            wrong.add(new Finding(
                    Place.on(side),
                    List.of("max_sync_workers_per_subscription"),
                    "max_sync_workers_per_subscription is 0, so no table would ever be copied.",
                    "Set it to 2 there."));
        }
        return wrong;
    }

    /** A timeout that the server's own workers, or what they read from, would meet. */
    public static List<Finding> timeouts(Side side, Room room, String database) {
        Duration timeout = room.transactionTimeout();
        return timeout.isZero()
                ? List.of()
                : List.of(new Finding(
                        Place.on(side, database),
                        List.of("transaction_timeout"),
                        ("transaction_timeout is %s for our role, which ends the copy of every table that takes longer,"
                                        + " again and again.")
                                .formatted(inWords(timeout)),
                        "ALTER ROLE %s IN DATABASE %s SET transaction_timeout = 0 there until the upgrade is over."
                                .formatted(FencedStatements.quoted(room.user()), FencedStatements.quoted(database))));
    }

    private static void require(List<Finding> wrong, Side side, String setting, int free, int needed, String what) {
        if (free < needed) {
            wrong.add(new Finding(
                    Place.on(side),
                    List.of(setting),
                    "there is room for %d more %s, %d are needed.".formatted(Math.max(0, free), what, needed),
                    "Raise %s there, which needs a restart.".formatted(setting)));
        }
    }

    private static String inWords(Duration timeout) {
        return String.format(Locale.ROOT, "%s s", timeout.toMillis() / 1000.0);
    }
}
