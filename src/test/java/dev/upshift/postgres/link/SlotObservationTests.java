package dev.upshift.postgres.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.shared.Lsn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotObservationTests {

    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = MADE.plusSeconds(60);

    private final SlotObservation before = look(NOW, 500, 400L, 7, NOW.minusSeconds(9), MADE);

    @Test
    void whileTheSameProcessHoldsItNobodyCanHaveDroppedIt() {
        assertThat(look(NOW.plusSeconds(2), 900, 800L, 7, NOW.minusSeconds(9), null)
                        .continues(before))
                .isTrue();
    }

    @Test
    void aNumberThatAnotherProcessHasTakenOverSaysNothing() {
        assertThat(look(NOW.plusSeconds(2), 900, 800L, 7, NOW.plusSeconds(1), null)
                        .continues(before))
                .isFalse();
        assertThat(look(NOW.plusSeconds(2), 900, 800L, 7, null, null).continues(look(NOW, 500, 400L, 7, null, null)))
                .isFalse();
    }

    @Test
    void aSlotThatIsMadeBeginsAtTheEndOfTheLog() {
        assertThat(look(NOW.plusSeconds(2), 900, 499L, 8, NOW, null).continues(before))
                .isTrue();
        assertThat(look(NOW.plusSeconds(2), 500, 500L, null, null, null).continues(before))
                .as("it may have been made at this very position, before a transaction that ended after it")
                .isFalse();
        assertThat(look(NOW.plusSeconds(2), 900, null, null, null, null).continues(before))
                .isFalse();
    }

    @Test
    void whileNoSlotWasMadeOrDroppedThisOneIsTheSame() {
        assertThat(look(NOW.plusSeconds(2), 900, 800L, 8, NOW, MADE).continues(before))
                .isTrue();
        assertThat(look(NOW.plusSeconds(2), 900, 800L, 8, NOW, NOW).continues(before))
                .isFalse();
        assertThat(look(NOW.plusSeconds(2), 900, 800L, 8, NOW, null).continues(look(NOW, 500, 400L, 7, NOW, null)))
                .as("our role may not see that")
                .isFalse();
    }

    @Test
    void withinTheSameSecondASecondChangeWouldNotShow() {
        SlotObservation fresh = look(MADE.plusMillis(900), 500, 400L, 7, MADE, MADE);

        assertThat(look(MADE.plusSeconds(5), 900, 800L, 8, NOW, MADE).continues(fresh))
                .isFalse();
    }

    @Test
    void anotherDatabaseOrPluginIsAnotherSlot() {
        SlotObservation now = look(NOW.plusSeconds(2), 900, 800L, 7, NOW.minusSeconds(9), MADE);

        assertThat(with(now, "billing", "pgoutput").continues(before)).isFalse();
        assertThat(with(now, "shop", "test_decoding").continues(before)).isFalse();
    }

    @Test
    void aPublicationThatWasAlteredOrMadeAgainIsWrittenByAnother() {
        assertThat(before.publishesAs(before)).isTrue();
        for (String other : new String[] {"16384/701", "16390/700", "none"}) {
            assertThat(publishing(other).publishesAs(before)).as(other).isFalse();
            assertThat(publishing(other).continues(before)).as(other).isTrue();
            assertThat(before.publishesAs(publishing(other)))
                    .as("after " + other)
                    .isFalse();
        }
        assertThat(before.publishesAs(publishing(null)))
                .as("noted by an older version")
                .isTrue();
    }

    private SlotObservation publishing(@Nullable String publication) {
        return new SlotObservation(
                before.at(),
                before.database(),
                before.plugin(),
                before.flushed(),
                before.restart(),
                before.confirmed(),
                before.sender(),
                before.senderSince(),
                before.slotsChanged(),
                publication);
    }

    private static SlotObservation with(SlotObservation look, String database, String plugin) {
        return new SlotObservation(
                look.at(),
                database,
                plugin,
                look.flushed(),
                look.restart(),
                look.confirmed(),
                look.sender(),
                look.senderSince(),
                look.slotsChanged(),
                look.publication());
    }

    private static SlotObservation look(
            Instant at,
            long flushed,
            @Nullable Long restart,
            @Nullable Integer sender,
            @Nullable Instant senderSince,
            @Nullable Instant slotsChanged) {
        return new SlotObservation(
                at,
                "shop",
                "pgoutput",
                new Lsn(flushed),
                restart == null ? null : new Lsn(restart),
                new Lsn(flushed),
                sender,
                senderSince,
                slotsChanged,
                "16384/700");
    }
}
