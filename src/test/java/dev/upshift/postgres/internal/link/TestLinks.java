package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.link.Links;
import dev.upshift.shared.Waiting;
import java.time.Clock;

/** Links put together as the application does it. */
public final class TestLinks {

    private TestLinks() {}

    public static Links create() {
        Waiting waiting = new Waiting(Clock.systemUTC());
        Subscriptions subscriptions = new Subscriptions();
        return new ServerLinks(
                new Publications(),
                new Slots(waiting),
                subscriptions,
                new SubscriptionCreation(subscriptions),
                new SubscriptionRemoval(subscriptions, new SubscriptionWorkers(waiting), waiting));
    }
}
