package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.internal.link.ServerLinks;
import dev.upshift.postgres.internal.link.Slots;
import dev.upshift.postgres.internal.link.SubscriptionRemoval;
import dev.upshift.postgres.internal.link.Subscriptions;
import dev.upshift.postgres.link.Links;
import org.springframework.stereotype.Component;

/** Makes links that only note, over the real ones. */
@Component
class LinkRecording {

    private final ServerLinks links;
    private final Slots slots;
    private final Subscriptions subscriptions;
    private final SubscriptionRemoval removal;

    LinkRecording(ServerLinks links, Slots slots, Subscriptions subscriptions, SubscriptionRemoval removal) {
        this.links = links;
        this.slots = slots;
        this.subscriptions = subscriptions;
        this.removal = removal;
    }

    /** Those of one plan: what it has created and dropped so far is there and gone. */
    Links ofOnePlan() {
        return new RecordingLinks(links, slots, subscriptions, removal);
    }
}
