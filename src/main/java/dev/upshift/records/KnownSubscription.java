package dev.upshift.records;

import dev.upshift.postgres.link.Links.SubscriptionState;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of a link as it was when both sides were known to be equal. Whoever alters one may let it pass over
 * what is written meanwhile: by another publication, by SKIP, or, while it is disabled, by moving its slot or its origin.
 * When it is as before again nothing tells of that but who wrote its row.
 *
 * @param reads as {@link SubscriptionState} has it
 * @param writer likewise, empty where our role may not read it, so that only what differs is seen; null once somebody else
 *     was seen to have altered it
 */
public record KnownSubscription(String reads, @Nullable String writer) {

    /** As it is now. */
    public static KnownSubscription of(SubscriptionState now) {
        return new KnownSubscription(now.reads(), now.writer());
    }

    /** Whether it is not another one of the same name. */
    public boolean isOf(SubscriptionState now) {
        return reads.startsWith(now.oid() + "/");
    }

    /** Whether nobody but us has altered it since. */
    public boolean isContinuedBy(SubscriptionState now) {
        return writer != null
                && reads.equals(now.reads())
                && (writer.equals(now.writer()) || now.ours() || isHidden(writer) || isHidden(now.writer()));
    }

    private static boolean isHidden(String writer) {
        return writer.isEmpty();
    }

    /** What we are about to alter ourselves will not look like ours only. */
    public KnownSubscription doubted() {
        return new KnownSubscription(reads, null);
    }
}
