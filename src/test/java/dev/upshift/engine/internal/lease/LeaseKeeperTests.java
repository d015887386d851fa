package dev.upshift.engine.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long an owner believes in its right, as time goes by without an answer. */
class LeaseKeeperTests {

    private static final LeaseTerms TERMS = LeaseTerms.NORMAL;

    private final MemoryLeases leases = new MemoryLeases();
    private final AtomicLong nanos = new AtomicLong(1);
    private final LeaseKeeper keeper = new LeaseKeeper(
            leases, TERMS, new Waiting(new TickingClock(Duration.ofSeconds(1))), nanos::get, work -> {});

    private LeasedOwnership owned() {
        return keeper.keep(7, 3, keeper.now());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void anOwnerIsSureForAWhileAndMayConcludeForLonger() {
        LeasedOwnership owner = owned();
        assertThatCode(owner::require).doesNotThrowAnyException();

        pass(TERMS.sure());
        assertThat(owner.isSure()).isFalse();
        assertThat(owner.mayConclude()).isTrue();
        assertThatIllegalStateException().isThrownBy(owner::require).withMessageContaining("900 ms");

        pass(TERMS.conclude());
        assertThat(owner.mayConclude()).isFalse();
    }

    @Test
    void pastThePivotAnOwnerGoesOnAsLongAsItMayConclude() {
        LeasedOwnership owner = owned();
        owner.passPivot();

        pass(TERMS.sure());
        assertThatCode(owner::require).doesNotThrowAnyException();

        pass(TERMS.conclude());
        assertThatIllegalStateException().isThrownBy(owner::require);
    }

    @Test
    void aRenewalCountsFromWhenItWasAskedFor() {
        LeasedOwnership owner = owned();
        pass(TERMS.sure());

        keeper.renew();

        assertThat(owner.isSure()).isTrue();
        pass(TERMS.sure().minusMillis(1));
        assertThat(owner.isSure()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(owner.isSure()).isFalse();
    }

    @Test
    void aRenewalThatIsNotAnsweredChangesNothing() {
        LeasedOwnership owner = owned();
        pass(TERMS.sure());
        leases.away(true);

        keeper.renew();

        assertThat(owner.isSure()).isFalse();
        assertThat(owner.isLost()).isFalse();
        leases.away(false);
        keeper.renew();
        assertThat(owner.isSure()).isTrue();
    }

    @Test
    void whoeverWasReplacedIsToldAndMayDoNothing() {
        LeasedOwnership owner = owned();
        AtomicInteger told = new AtomicInteger();
        owner.onLoss(told::incrementAndGet);
        leases.take(7);

        keeper.renew();
        keeper.renew();

        assertThat(told).hasValue(1);
        assertThat(owner.isSure()).isFalse();
        assertThat(owner.mayConclude()).isFalse();
        assertThatExceptionOfType(StaleOwner.class).isThrownBy(owner::require);
        owner.close();
        assertThat(leases.isFree(7)).as("somebody else's lease").isFalse();
    }

    @Test
    void aRunThatIsGivenUpIsFreeAtOnce() {
        LeasedOwnership owner = owned();

        owner.close();

        assertThat(leases.isFree(7)).isTrue();
    }

    /** Otherwise a later run could meet what the former owner still does. */
    @Test
    void aSuccessorKeepsTheRunOpenLongerThanItsFormerOwnerMayConclude() {
        assertThat(TERMS.sure().plus(TERMS.renewEvery())).isLessThanOrEqualTo(TERMS.lease());
        assertThat(TERMS.conclude().plusSeconds(1)).isLessThan(TERMS.quarantine());
        assertThat(FormerOwner.silentFor(Duration.ofSeconds(2), TERMS).left())
                .isEqualTo(TERMS.quarantine().minusSeconds(2));
        assertThat(FormerOwner.silentFor(Duration.ofHours(2), TERMS).left()).isZero();
        assertThat(FormerOwner.silentFor(null, TERMS).left()).isZero();
    }
}
