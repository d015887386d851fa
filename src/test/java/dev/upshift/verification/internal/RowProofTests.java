package dev.upshift.verification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.verification.internal.RowProof.Finding;
import org.junit.jupiter.api.Test;

/** Each rule by itself; {@code row("paid", 2)} is a second version of the row, with content "paid". */
class RowProofTests {

    private final RowProof proof = new RowProof();

    @Test
    void whatThePublisherShowedBeforeOrAfterIsEqual() {
        assertThat(round(row("new", 1), row("new", 71), row("new", 1))).isEqualTo(Finding.EQUAL);
        assertThat(new RowProofTests().round(row("new", 1), row("new", 71), row("paid", 2)))
                .isEqualTo(Finding.EQUAL);
        assertThat(new RowProofTests().round(row("new", 1), row("paid", 71), row("paid", 2)))
                .isEqualTo(Finding.EQUAL);
        assertThat(new RowProofTests().round(null, null, row("new", 1))).isEqualTo(Finding.EQUAL);
        assertThat(new RowProofTests().round(row("new", 1), null, null)).isEqualTo(Finding.EQUAL);
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
        proof.sampled(row("6", 72), row("7", 7));
        assertThat(proof.finding()).isEqualTo(Finding.UNDECIDED);
        proof.sampled(row("7", 73), row("8", 8));
        assertThat(proof.finding()).isEqualTo(Finding.EQUAL);
    }

    private Finding round(RowState published, RowState subscribed, RowState publishedAfter) {
        proof.published(published);
        proof.subscribed(subscribed);
        proof.publishedAfter(publishedAfter);
        return proof.finding();
    }

    private static RowState row(String content, int version) {
        return new RowState(content, Integer.toString(version));
    }
}
