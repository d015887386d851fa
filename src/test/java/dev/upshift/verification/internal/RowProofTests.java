package dev.upshift.verification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.rows.ComparedRows.RowState;
import dev.upshift.verification.internal.RowProof.Finding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule by itself; {@code row("paid", 2)} is a second version of the row, with content "paid". */
class RowProofTests {

    private final RowProof proof = new RowProof();

    @Test
    void whatRestsOnBothSidesAndIsAlikeIsEqual() {
        for (int round = 1; round < RowProof.AT_REST; round++) {
            assertThat(round(row("new", 1), row("new", 71), row("new", 1))).isEqualTo(Finding.UNDECIDED);
        }
        assertThat(round(row("new", 1), row("new", 71), row("new", 1))).isEqualTo(Finding.EQUAL);
    }

    @Test
    void whatStaysGoneOnBothSidesIsEqual() {
        for (int round = 1; round < RowProof.AT_REST; round++) {
            assertThat(round(null, null, null)).isEqualTo(Finding.UNDECIDED);
        }
        assertThat(round(null, null, null)).isEqualTo(Finding.EQUAL);
    }

    @Test
    void whatFollowsVersionByVersionIsEqual() {
        assertThat(round(row("1", 1), row("1", 71), row("2", 2))).isEqualTo(Finding.UNDECIDED);
        assertThat(round(row("3", 3), row("4", 74), row("4", 4))).isEqualTo(Finding.UNDECIDED);
        assertThat(round(row("5", 5), row("5", 75), row("6", 6))).isEqualTo(Finding.EQUAL);
    }

    @Test
    void whatIsWrittenAgainAndAgainWithOneContentIsEqual() {
        round(row("on", 1), row("on", 71), row("on", 2));
        round(row("on", 3), row("on", 73), row("on", 4));
        assertThat(round(row("on", 5), row("on", 75), row("on", 6))).isEqualTo(Finding.EQUAL);
    }

    @Test
    void whatIsStuckIsNeverEqualHoweverOftenItLooksAlike() {
        for (int round = 1; round <= 20; round++) {
            assertThat(round(row("on", 3 * round), row("on", 71), row(round % 2 == 0 ? "off" : "on", 3 * round + 1)))
                    .isEqualTo(Finding.UNDECIDED);
        }
        // Not even when the publisher's comes to rest as it is by chance.
        for (int round = 1; round <= 5; round++) {
            assertThat(round(row("on", 99), row("on", 71), row("on", 99))).isEqualTo(Finding.UNDECIDED);
        }
    }

    @Test
    void whatShowsOneContentWhateverIsPublishedIsNotEqual() {
        for (int round = 1; round <= 9; round++) {
            String published = round % 2 == 0 ? "off" : "on";
            assertThat(round(row(published, 2 * round), row("on", 70 + round), row("on", 2 * round + 1)))
                    .isEqualTo(Finding.UNDECIDED);
        }
    }

    @Test
    void whatSomebodyElseWritesAtTheSubscriberIsNeverEqual() {
        for (int round = 1; round <= 9; round++) {
            assertThat(round(row("on", 1), row("on", 70 + round), row("on", 1))).isEqualTo(Finding.UNDECIDED);
        }
    }

    @Test
    void whatNobodyWroteAtThePublisherMustHaveArrived() {
        assertThat(round(row("paid", 2), row("new", 71), row("paid", 2))).isEqualTo(Finding.OTHER_CONTENT);
        assertThat(new RowProofTests().round(row("new", 1), null, row("new", 1)))
                .isEqualTo(Finding.LACKING);
    }

    @Test
    void rowThatCameBackToWhatItWasMayHaveBeenOtherMeanwhile() {
        assertThat(round(row("new", 1), row("paid", 71), row("new", 3))).isEqualTo(Finding.UNDECIDED);
        assertThat(new RowProofTests().round(null, row("paid", 71), null)).isEqualTo(Finding.UNDECIDED);
    }

    @Test
    void whatStoodAtTheSubscriberForAWholeRoundMustBeWhatThePublisherShowed() {
        round(null, row("new", 71), null);
        assertThat(round(null, row("new", 71), null)).isEqualTo(Finding.SURPLUS);

        RowProofTests other = new RowProofTests();
        other.round(row("sent", 3), row("new", 71), row("paid", 4));
        assertThat(other.round(row("sent", 5), row("new", 71), row("paid", 6))).isEqualTo(Finding.OTHER_CONTENT);
    }

    @Test
    void whatThePublisherShowsOnlyAfterwardsDoesNotExcuseIt() {
        round(row("on", 1), row("on", 71), row("on", 2));
        assertThat(round(row("off", 3), row("on", 71), row("on", 4))).isEqualTo(Finding.OTHER_CONTENT);
    }

    @Test
    void rowWrittenAnewAtTheSubscriberIsAnotherRow() {
        round(null, row("new", 71), null);
        assertThat(round(null, row("new", 72), null)).isEqualTo(Finding.UNDECIDED);
    }

    @Test
    void whatThePublisherShowedInAnEarlierRoundIsTooOldToBeRight() {
        round(row("new", 1), row("paid", 71), row("sent", 2));
        assertThat(round(row("back", 3), row("new", 72), row("gone", 4))).isEqualTo(Finding.UNDECIDED);
        round(null, row("a", 73), row("b", 5));
        assertThat(round(row("c", 6), null, row("d", 7))).isEqualTo(Finding.UNDECIDED);
    }

    @Test
    void furtherLooksWithinARoundDecideWhatChangesAllTheTime() {
        assertThat(round(row("1", 1), row("3", 71), row("5", 5))).isEqualTo(Finding.UNDECIDED);
        proof.sampled(row("5", 72), row("7", 7));
        proof.sampled(row("7", 73), row("8", 8));
        assertThat(proof.finding()).isEqualTo(Finding.UNDECIDED);
        proof.sampled(row("8", 74), row("9", 9));
        assertThat(proof.finding()).isEqualTo(Finding.EQUAL);
    }

    private Finding round(
            @Nullable RowState published, @Nullable RowState subscribed, @Nullable RowState publishedAfter) {
        proof.published(published);
        proof.subscribed(subscribed);
        proof.publishedAfter(publishedAfter);
        return proof.finding();
    }

    private static RowState row(String content, int version) {
        return new RowState(content, Integer.toString(version));
    }
}
