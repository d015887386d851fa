package dev.upshift.verification.internal;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one row that did not look the same on both sides, over several rounds. A round looks at the row on
 * the publishing side, awaits a barrier, and looks at it on the subscribing side and again on the publishing side.
 * The rules are explained in docs/adr/0010-verification-under-load.md; none of them guesses.
 */
final class RowProof {

    private @Nullable RowState subscribedBefore;
    private @Nullable RowState published;
    private @Nullable RowState subscribed;
    private @Nullable RowState publishedAfter;
    private final Set<String> publishedContents = new HashSet<>();
    private boolean absentAtPublisher;
    private boolean equal;
    private boolean seenAtSubscriber;

    /** Begins a round: the row on the publishing side, before the barrier. */
    void published(@Nullable RowState state) {
        subscribedBefore = seenAtSubscriber ? subscribed : null;
        publishedContents.clear();
        absentAtPublisher = false;
        published = state;
        remember(state);
    }

    /** The row on the subscribing side, after the barrier. */
    void subscribed(@Nullable RowState state) {
        subscribed = state;
        seenAtSubscriber = true;
        equal |= wasPublished(state);
    }

    /** Ends a round: the row on the publishing side again. */
    void publishedAfter(@Nullable RowState state) {
        publishedAfter = state;
        remember(state);
        equal |= wasPublished(subscribed);
    }

    /** A further look at both sides within the round, for rows that change faster than a round takes. */
    void sampled(@Nullable RowState atSubscriber, @Nullable RowState atPublisher) {
        equal |= wasPublished(atSubscriber);
        remember(atPublisher);
        equal |= wasPublished(atSubscriber);
    }

    Finding finding() {
        if (equal) {
            return Finding.EQUAL;
        }
        boolean untouchedAtPublisher = published != null && published.equals(publishedAfter);
        boolean untouchedAtSubscriber = subscribed != null && subscribed.equals(subscribedBefore);
        if (!untouchedAtPublisher && !untouchedAtSubscriber) {
            return Finding.UNDECIDED;
        }
        if (subscribed == null) {
            return Finding.LACKING;
        }
        return published == null ? Finding.SURPLUS : Finding.OTHER_CONTENT;
    }

    /** How it looked last, for a row that stays undecided. */
    boolean lastSeenAtSubscriber() {
        return subscribed != null;
    }

    private void remember(@Nullable RowState state) {
        if (state == null) {
            absentAtPublisher = true;
        } else {
            publishedContents.add(state.content());
        }
    }

    private boolean wasPublished(@Nullable RowState state) {
        return state == null
                ? absentAtPublisher
                : publishedContents.contains(Objects.requireNonNull(state).content());
    }

    /** What is proven. */
    enum Finding {
        EQUAL,
        /** The subscribing side has no such row. */
        LACKING,
        /** The subscribing side has a row that the publishing side has not. */
        SURPLUS,
        OTHER_CONTENT,
        /** It was written on both sides between all looks at it. */
        UNDECIDED
    }
}
