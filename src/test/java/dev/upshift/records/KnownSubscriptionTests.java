package dev.upshift.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.link.Links.SubscriptionState;
import org.junit.jupiter.api.Test;

class KnownSubscriptionTests {

    private static final KnownSubscription KNOWN = KnownSubscription.of(state("5/upshift_shop", "700", false));

    @Test
    void isContinuedByItselfAndByWhatWeHaveAlteredLast() {
        assertThat(KNOWN.isContinuedBy(state("5/upshift_shop", "700", false))).isTrue();
        assertThat(KNOWN.isContinuedBy(state("5/upshift_shop", "702", true))).isTrue();
    }

    @Test
    void isNotContinuedBySomebodysAlterationEvenIfItWasTakenBack() {
        assertThat(KNOWN.isContinuedBy(state("5/upshift_shop", "701", false))).isFalse();
    }

    @Test
    void isNotContinuedByWhatReadsSomethingElseWhoeverAlteredItLast() {
        assertThat(KNOWN.isContinuedBy(state("5/other", "700", false))).isFalse();
        assertThat(KNOWN.isContinuedBy(state("5/other", "702", true))).isFalse();
    }

    @Test
    void whereTheWriterMayNotBeReadOnlyWhatDiffersIsSeen() {
        assertThat(KNOWN.isContinuedBy(state("5/upshift_shop", "", false))).isTrue();
        assertThat(KNOWN.isContinuedBy(state("5/other", "", false))).isFalse();
        assertThat(KnownSubscription.of(state("5/upshift_shop", "", false))
                        .isContinuedBy(state("5/upshift_shop", "701", false)))
                .isTrue();
        assertThat(KNOWN.doubted().isContinuedBy(state("5/upshift_shop", "", false)))
                .isFalse();
    }

    @Test
    void aDoubtIsNotCoveredByWhatWeAlterLater() {
        assertThat(KNOWN.doubted().isContinuedBy(state("5/upshift_shop", "702", true)))
                .isFalse();
    }

    @Test
    void isAboutOneSubscriptionAndNotAboutItsName() {
        assertThat(KNOWN.isOf(state("5/other", "800", false))).isTrue();
        assertThat(KNOWN.isOf(state("55/upshift_shop", "700", false))).isFalse();
    }

    private static SubscriptionState state(String reads, String writer, boolean ours) {
        long oid = Long.parseLong(reads.substring(0, reads.indexOf('/')));
        return new SubscriptionState("upshift_shop", oid, true, reads, writer, ours, null, null, null, 0, 0);
    }
}
