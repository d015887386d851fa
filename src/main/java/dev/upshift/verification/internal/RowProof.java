package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows.RowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one row that did not look the same on both sides, over several rounds. A round looks at the row on
 * the publishing side, awaits a barrier, and looks at it on the subscribing side and again on the publishing side.
 * The rules are explained in docs/adr/0010-verification-under-load.md; none of them guesses.
 */
final class RowProof {

    /** In so many rounds on end nobody may have written the row on either side for it to be equal by rest. */
    static final int AT_REST = 3;

    /** So many of its versions at the subscriber must have been what was published for it to be equal by following. */
    static final int FOLLOWED = 3;

    private int rounds;
    private @Nullable RowState subscribedBefore;
    private @Nullable RowState publishedBefore;
    private @Nullable RowState published;
    private @Nullable RowState subscribed;
    private @Nullable RowState publishedAfter;
    private @Nullable RowState publishedAfterBefore;

    /** Both as of the current round; null stands for no such row. */
    private final Set<@Nullable String> publishedContents = new HashSet<>();

    private final List<RowState> seenAtSubscriber = new ArrayList<>();

    private final Set<@Nullable String> everPublished = new HashSet<>();

    /** Versions at the subscriber that showed what was published in the same round, with their contents. */
    private final Map<String, String> followed = new HashMap<>();

    private final Set<String> versionsPublished = new HashSet<>();

    private int restingRounds;

    /** Somebody else than replication writes it at the subscriber. */
    private boolean writtenByOthers;

    /** A version at the subscriber that stayed although the publisher's row was written before a barrier. */
    private @Nullable String stuck;

    /** Begins a round: the row on the publishing side, before the barrier. */
    void published(@Nullable RowState state) {
        rounds++;
        subscribedBefore = subscribed;
        publishedBefore = published;
        publishedAfterBefore = publishedAfter;
        publishedContents.clear();
        seenAtSubscriber.clear();
        published = state;
        remember(state);
    }

    /** The row on the subscribing side, after the barrier. */
    void subscribed(@Nullable RowState state) {
        subscribed = state;
        see(state);
    }

    /** Ends a round: the row on the publishing side again. */
    void publishedAfter(@Nullable RowState state) {
        publishedAfter = state;
        remember(state);
        if (stoodStill() && rounds > 1 && !Objects.equals(published, publishedAfterBefore)) {
            stuck = subscribed == null ? null : subscribed.version();
        }
        writtenByOthers |= rounds > 1
                && Objects.equals(publishedBefore, published)
                && Objects.equals(published, publishedAfter)
                && published != null
                && !Objects.equals(subscribedBefore, subscribed);
        restingRounds = restedAndAlike() ? (sameAsInTheRoundBefore() ? restingRounds + 1 : 1) : 0;
    }

    /** A further look at both sides within the round, for rows that change faster than a round takes. */
    void sampled(@Nullable RowState atSubscriber, @Nullable RowState atPublisher) {
        see(atSubscriber);
        remember(atPublisher);
    }

    Finding finding() {
        boolean untouchedAtPublisher = published != null && published.equals(publishedAfter);
        if (!alike() && (untouchedAtPublisher || stoodStill())) {
            if (subscribed == null) {
                return Finding.LACKING;
            }
            return published == null ? Finding.SURPLUS : Finding.OTHER_CONTENT;
        }
        return !writtenByOthers && (isEqualByRest() || isEqualByFollowing()) ? Finding.EQUAL : Finding.UNDECIDED;
    }

    /** Further looks would tell nothing new of it. */
    boolean isAtRest() {
        return restingRounds > 0;
    }

    /** How it looked last, for a row that stays undecided. */
    boolean lastSeenAtSubscriber() {
        return subscribed != null;
    }

    private boolean isEqualByRest() {
        return restingRounds >= AT_REST
                && (subscribed == null || !subscribed.version().equals(stuck));
    }

    /** One content only would also be shown by a row that is stuck in it while the publisher's comes and goes. */
    private boolean isEqualByFollowing() {
        return followed.size() >= FOLLOWED
                && versionsPublished.size() >= FOLLOWED
                && (everPublished.size() == 1 || new HashSet<>(followed.values()).size() > 1);
    }

    /** Nobody wrote it at the publisher in this round, as far as a look can tell, and both sides show the same. */
    private boolean restedAndAlike() {
        return Objects.equals(published, publishedAfter) && alike();
    }

    private boolean sameAsInTheRoundBefore() {
        return rounds > 1
                && Objects.equals(published, publishedAfterBefore)
                && Objects.equals(subscribed, subscribedBefore);
    }

    private boolean alike() {
        return Objects.equals(content(published), content(subscribed));
    }

    /** The subscriber's row is there, and nobody has written it since the round before: that was before all of this one. */
    private boolean stoodStill() {
        return subscribed != null && subscribed.equals(subscribedBefore);
    }

    private void remember(@Nullable RowState state) {
        publishedContents.add(content(state));
        everPublished.add(content(state));
        if (state != null) {
            versionsPublished.add(state.version());
        }
        seenAtSubscriber.forEach(this::follow);
    }

    private void see(@Nullable RowState state) {
        if (state != null) {
            seenAtSubscriber.add(state);
            follow(state);
        }
    }

    private void follow(RowState state) {
        if (publishedContents.contains(state.content())) {
            followed.put(state.version(), state.content());
        }
    }

    private static @Nullable String content(@Nullable RowState state) {
        return state == null ? null : state.content();
    }

    /** What is proven. */
    enum Finding {
        EQUAL,
        /** The subscribing side has no such row. */
        LACKING,
        /** The subscribing side has a row that the publishing side has not. */
        SURPLUS,
        OTHER_CONTENT,
        /** Neither could be shown: it is written too often, or it looked alike without following. */
        UNDECIDED
    }
}
