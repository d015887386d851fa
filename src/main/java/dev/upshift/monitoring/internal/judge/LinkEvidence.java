package dev.upshift.monitoring.internal.judge;

import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import org.jspecify.annotations.Nullable;

/**
 * One link, with what its ends are known to have.
 *
 * @param publisher whether the slot is there
 * @param subscriber whether the subscription is there
 * @param recentErrors apply and copy errors within the last minute
 * @param failure what the subscriber says of its apply worker that does not run, or where it says so; null while it runs
 */
record LinkEvidence(
        LinkSample sample,
        End publisher,
        End subscriber,
        long recentErrors,
        @Nullable String failure) {

    /** What one end says about its part of the link. */
    enum End {
        PRESENT,
        ABSENT,
        /** It does not answer. */
        UNKNOWN
    }
}
