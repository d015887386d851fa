package dev.upshift.switchover.internal.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.link.Links.SlotState;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FeedingLinkTests {

    private static final ByteCount LIMIT = new ByteCount(1_000);

    @Test
    void aLinkThatWorksIsNeitherBrokenNorBehind() {
        FeedingLink link = link(Side.TARGET, subscription(true, 11), slot(true, 1_000, WalStatus.RESERVED));

        assertThat(link.broken()).isEmpty();
        assertThat(link.behind(LIMIT)).isEmpty();
    }

    @Test
    void aDisabledSubscriptionIsBroken() {
        assertThat(link(Side.TARGET, subscription(false, null), slot(false, 0, WalStatus.RESERVED))
                        .broken())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("shop on the target: the subscription feeding is disabled: nothing arrives there.")
                        .contains("ENABLE"));
    }

    @Test
    void aMissingSubscriptionIsBroken() {
        assertThat(link(Side.TARGET, null, slot(false, 0, WalStatus.RESERVED)).broken())
                .hasValueSatisfying(why ->
                        assertThat(why).contains("feeding").contains("gone").contains("begin it anew"));
    }

    @Test
    void aMissingSlotIsBroken() {
        assertThat(link(Side.TARGET, subscription(true, null), null).broken())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("slot feeding")
                        .contains("gone")
                        .contains("begin it anew"));
    }

    @Test
    void aSlotWhoseLogIsGoneIsBroken() {
        assertThat(link(Side.TARGET, subscription(true, null), slot(false, 0, WalStatus.LOST))
                        .broken())
                .hasValueSatisfying(why -> assertThat(why).contains("max_slot_wal_keep_size"));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "LOST")
    void aSlotWhoseLogIsThereIsNot(WalStatus walStatus) {
        assertThat(link(Side.TARGET, subscription(true, 11), slot(true, 0, walStatus))
                        .broken())
                .isEmpty();
    }

    @Test
    void aBrokenWayBackCannotBeBegunAnew() {
        assertThat(link(Side.SOURCE, subscription(true, null), null).broken())
                .hasValueSatisfying(why ->
                        assertThat(why).contains("no way back without loss").doesNotContain("anew"));
    }

    @Test
    void waitingMayStartAWorker() {
        assertThat(link(Side.TARGET, subscription(true, null), slot(true, 0, WalStatus.RESERVED))
                        .behind(LIMIT))
                .contains("The apply worker of shop is not running (yet).");
        assertThat(link(Side.TARGET, subscription(true, 11), slot(false, 0, WalStatus.RESERVED))
                        .behind(LIMIT))
                .contains("The apply worker of shop is not running (yet).");
    }

    @Test
    void waitingMayCatchUp() {
        assertThat(link(Side.TARGET, subscription(true, 11), slot(true, 1_001, WalStatus.RESERVED))
                        .behind(LIMIT))
                .hasValueSatisfying(why -> assertThat(why).startsWith("shop is "));
    }

    @Test
    void everyBrokenLinkIsNamed() {
        FeedingLink works = link(Side.TARGET, subscription(true, 11), slot(true, 0, WalStatus.RESERVED));
        FeedingLink gone = link(Side.TARGET, null, null);

        assertThat(FeedingLink.broken(List.of(works, works))).isEmpty();
        assertThat(FeedingLink.broken(List.of(works, gone))).isEqualTo(gone.broken());
        assertThat(FeedingLink.broken(List.of(gone, gone)))
                .hasValue(gone.broken().orElseThrow() + " " + gone.broken().orElseThrow());
    }

    private static FeedingLink link(Side to, @Nullable SubscriptionState subscription, @Nullable SlotState slot) {
        return new FeedingLink(
                "shop", to, "feeding", Optional.ofNullable(subscription), Optional.ofNullable(slot), false);
    }

    private static SubscriptionState subscription(boolean enabled, @Nullable Integer worker) {
        return new SubscriptionState(
                "feeding", 16_400, enabled, "16400/feeding", "700", true, worker, null, null, 0, 0);
    }

    private static SlotState slot(boolean active, long behind, WalStatus walStatus) {
        return new SlotState(
                "feeding",
                "shop",
                active,
                active ? 12 : null,
                new Lsn(1),
                new ByteCount(behind),
                new ByteCount(behind),
                walStatus);
    }
}
