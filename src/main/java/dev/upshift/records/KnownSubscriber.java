package dev.upshift.records;

import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.Links.Subscriber;
import dev.upshift.postgres.session.PostgresSession;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who subscribes over a link, as it was seen while it was there.
 *
 * @param subscription the subscription's oid
 * @param systemIdentifier of its cluster
 * @param database the oid of the database with the subscription in it; 0 where that was not kept yet
 */
public record KnownSubscriber(long subscription, long systemIdentifier, long database) {

    /** As it is now; empty where there is no such subscription. */
    public static Optional<KnownSubscriber> of(Links links, PostgresSession session, String subscription) {
        return links.subscription(session, subscription).map(made -> {
            Subscriber subscriber = links.subscriber(session);
            return new KnownSubscriber(made.oid(), subscriber.systemIdentifier(), subscriber.database());
        });
    }

    private static final Pattern OF_A_COPY = Pattern.compile("pg_\\d{1,10}_sync_\\d{1,10}_\\d+");

    /** Whether the slot is one over which it copies a table. */
    public boolean made(String slot) {
        return isOfACopy(slot)
                && slot.startsWith("pg_" + subscription + "_sync_")
                && slot.endsWith("_" + Long.toUnsignedString(systemIdentifier));
    }

    /** Whether some subscriber copies a table over the slot, by its name. */
    public static boolean isOfACopy(String slot) {
        return OF_A_COPY.matcher(slot).matches();
    }
}
