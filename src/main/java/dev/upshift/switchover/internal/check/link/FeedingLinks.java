package dev.upshift.switchover.internal.check.link;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.switchover.internal.look.FeedingLink;
import dev.upshift.switchover.internal.look.LinkLook;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.transfer.link.CarriedLink;
import java.util.List;

/** The links that feed the side that is entered, read once for all checks that look at them. */
final class FeedingLinks {

    private FeedingLinks() {}

    /** What is at both ends of each, and what of it is not carried. */
    static List<CarriedLink> carried(Switch sw) {
        return sw.memo()
                .once(
                        CarriedLink.class,
                        () -> sw.fanOut().map(sw.databases(), database -> LinkLook.feeding(sw, database, Role.WORK)));
    }

    /** Subscription and slot of one. */
    static FeedingLink state(Switch sw, String database) {
        return sw.memo().once(List.of(FeedingLink.class, database), () -> FeedingLink.of(sw, database));
    }
}
