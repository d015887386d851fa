package dev.upshift.monitoring.internal;

import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;

/**
 * One link, with what its ends are known to have.
 *
 * @param publisher whether the slot is there
 * @param subscriber whether the subscription is there
 * @param recentErrors apply and copy errors within the last minute
 */
record LinkEvidence(LinkSample sample, End publisher, End subscriber, long recentErrors) {

    /** What one end says about its part of the link. */
    enum End {
        PRESENT,
        ABSENT,
        /** It does not answer. */
        UNKNOWN
    }
}
