package dev.upshift.transfer.link;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.link.CopyAnew;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.LinkRecords;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** Notes the subscriptions of a project's links, and tells when somebody else has altered one. */
public final class KnownSubscriptions {

    private final Links links;
    private final LinkRecords records;
    private final long project;

    public KnownSubscriptions(Links links, LinkRecords records, long project) {
        this.links = links;
        this.records = records;
        this.project = project;
    }

    /** As it is now, for a comparison that is about to begin; empty where there is none. */
    public Optional<KnownSubscription> look(PostgresSession session, String link) {
        return links.subscription(session, link).map(KnownSubscription::of);
    }

    /** We have made it, unless it is known already. */
    public void begin(PostgresSession session, String link) {
        links.subscription(session, link)
                .filter(now -> records.subscription(project, link)
                        .filter(known -> known.isOf(now))
                        .isEmpty())
                .ifPresent(now -> records.keepSubscription(project, link, KnownSubscription.of(now)));
    }

    /** For a link that was made before anything was noted of its subscription. */
    public void beginUnlessKnown(PostgresSession session, String link) {
        if (records.subscription(project, link).isEmpty()) {
            look(session, link).ifPresent(now -> records.keepSubscription(project, link, now));
        }
    }

    /** Before we alter it ourselves, which would cover what somebody else has done. */
    public void beforeAltering(PostgresSession session, String link) {
        records.subscription(project, link)
                .filter(known -> links.subscription(session, link)
                        .filter(now -> !known.isContinuedBy(now))
                        .isPresent())
                .ifPresent(known -> records.keepSubscription(project, link, known.doubted()));
    }

    /**
     * Says so when somebody else has altered it. One that is gone is for others to tell.
     *
     * @param session with the side that subscribes
     */
    public Optional<Finding> altered(PostgresSession session, String database, String link, Side from) {
        Optional<KnownSubscription> known = records.subscription(project, link);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return links.subscription(session, link)
                .filter(now -> !known.get().isContinuedBy(now))
                .map(now -> new Finding(
                        Place.on(from.other(), database),
                        List.of(link),
                        ("the subscription %s was altered by somebody (ALTER SUBSCRIPTION … DISABLE, ENABLE, SET, SKIP), even"
                                        + " if it was put back. What it passed over meanwhile, or what a slot or origin that was"
                                        + " moved passes over, may be missing there.")
                                .formatted(link),
                        "Verify: if all tables are equal, nothing is and this is over. Otherwise %s."
                                .formatted(CopyAnew.THOSE_THAT_DIFFER)));
    }
}
