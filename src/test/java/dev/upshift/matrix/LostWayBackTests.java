package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.WayBackState;
import dev.upshift.engine.WayBackState.Stand;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.shared.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The slot of the way back is lost past the point of no return. */
@ExtendWith(Quietly.class)
class LostWayBackTests {

    /** More waits than a step has time for. */
    private static final int NEVER = 1_000_000;

    private final Upgrade upgrade = ready();

    private static Upgrade ready() {
        return new Upgrade(false).after(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start-way-back", "see-way-back"})
    void aPersonIsToldAndTheRunEndsWithoutOne(String step) {
        int before = before(step);

        Run blocked =
                upgrade.run(ProcedureName.CUTOVER, new Happening(before, plane -> upgrade.world.target.slots.clear()));

        assertThat(blocked.status()).as(upgrade.explain(step)).isEqualTo(RunStatus.BLOCKED);
        assertThat(blocked.outcome())
                .contains("is gone, from which the source would have followed")
                .contains("Continuing the run accepts that");

        upgrade.continueIfBlocked();

        assertThat(upgrade.run().status()).as(upgrade.explain(step)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.run().outcome())
                .startsWith("The target serves")
                .contains("There is no way back: its replication slot was lost.")
                .doesNotContain("ready");
        assertThat(upgrade.run().evidence().get(Evidence.WAY_BACK)).contains(WayBackState.NONE);
        assertThat(upgrade.world.project().servingSide()).isEqualTo(Side.TARGET);
    }

    /** Before the pivot there still is a choice. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRunTurnsBackWhereItIsLostBeforeThePivot(boolean slot) {
        Server target = upgrade.world.target;
        Run aborted = upgrade.run(ProcedureName.CUTOVER, new Happening(before("note-way-back"), plane -> {
            if (slot) {
                target.slots.clear();
            } else {
                target.database("billing").publications.clear();
            }
        }));

        assertThat(aborted.status()).as(upgrade.explain("lost")).isEqualTo(RunStatus.ABORTED);
        assertThat(aborted.outcome()).contains("of the way back is gone or lost on the target");
        assertThat(upgrade.world.project().servingSide()).isEqualTo(Side.SOURCE);
    }

    /** What was written to the target before it was made again would never come to the source. */
    @Test
    void aSlotThatWasMadeAgainIsNoWayBack() {
        Run blocked =
                upgrade.run(ProcedureName.CUTOVER, new Happening(before("start-way-back"), plane -> makeSlotsAgain()));

        assertThat(blocked.status()).as(upgrade.explain("made again")).isEqualTo(RunStatus.BLOCKED);
        assertThat(blocked.outcome())
                .contains("was dropped and made again, from which the source would have followed")
                .contains("Continuing the run accepts that");
    }

    /** What it leaves out would be missed after going back, so nobody goes there. */
    @ParameterizedTest
    @CsvSource({
        "look-first, ALTERED",
        "look-first, TABLE_OUT_AND_IN",
        "note-way-back, ALTERED",
        "note-way-back, TABLE_OUT_AND_IN"
    })
    void theRunTurnsBackWhereItsPublicationWasAlteredBeforeThePivot(String step, Harm harm) {
        Run aborted =
                upgrade.run(ProcedureName.CUTOVER, new Happening(before(step), plane -> harm.to(upgrade.world.target)));

        assertThat(aborted.status()).as(upgrade.explain(step)).isEqualTo(RunStatus.ABORTED);
        assertThat(aborted.outcome())
                .contains("of the way back on the target is not as it was made")
                .contains(harm.words);
        assertThat(upgrade.world.project().servingSide()).isEqualTo(Side.SOURCE);
    }

    /** Clients are served, and whoever wants to go back is told. */
    @ParameterizedTest
    @CsvSource({
        "move-clients, ALTERED",
        "drop-old-link, TABLE_OUT_AND_IN",
        "start-way-back, ALTERED",
        "see-way-back, TABLE_OUT_AND_IN",
        "see-way-back, ALTERED"
    })
    void itIsNotCalledReadyWhereItsPublicationWasAlteredPastThePivot(String step, Harm harm) {
        Run run =
                upgrade.run(ProcedureName.CUTOVER, new Happening(before(step), plane -> harm.to(upgrade.world.target)));

        assertThat(run.status()).as(upgrade.explain(step)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.outcome())
                .startsWith("The target serves")
                .contains("The way back is not ready: ", harm.wordsPastThePivot)
                .doesNotContain("is ready");
        assertThat(run.evidence().get(Evidence.WAY_BACK).map(WayBackState::stand))
                .contains(Stand.IN_DOUBT);
        assertThat(upgrade.world.doubted.isEmpty()).isEqualTo(harm == Harm.TABLE_OUT_AND_IN);
        assertThat(upgrade.world.project().servingSide()).isEqualTo(Side.TARGET);
    }

    /** Behind the fence it would stop what comes; clients do not wait for that. */
    @ParameterizedTest
    @ValueSource(strings = {"move-clients", "start-way-back", "see-way-back"})
    void aTriggerThatFiresForWhatItBringsIsToldUntilItIsGone(String step) {
        Database left = upgrade.world.source.database("billing");
        Run blocked = upgrade.run(
                ProcedureName.CUTOVER,
                new Happening(before(step), plane -> left.replicaTriggers.add("audit on public.stock")));

        assertThat(blocked.status()).as(upgrade.explain(step)).isEqualTo(RunStatus.BLOCKED);
        assertThat(blocked.outcome())
                .contains("billing on the source: audit on public.stock", "ENABLE it")
                .doesNotContain("is ready");
        assertThat(upgrade.world.project().servingSide()).isEqualTo(Side.TARGET);

        left.replicaTriggers.clear();
        upgrade.continueIfBlocked();
        assertThat(upgrade.run().status()).as(upgrade.explain(step)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.run().outcome()).contains("The way back is ready.");
    }

    /** What somebody does to the publications of the side that is entered. */
    enum Harm {
        ALTERED("it was altered", "was altered since it was made, even if it was put back"),
        TABLE_OUT_AND_IN("public.stock left it", "public.stock was not sent for a while");

        private final String words;
        private final String wordsPastThePivot;

        Harm(String words, String wordsPastThePivot) {
            this.words = words;
            this.wordsPastThePivot = wordsPastThePivot;
        }

        private void to(Server server) {
            if (this == ALTERED) {
                server.database("billing").alterations++;
            } else {
                server.database("billing").entry++;
            }
        }
    }

    private void makeSlotsAgain() {
        Server target = upgrade.world.target;
        target.insert(target.database("shop"), HelperSchema.SENTINEL, "written in between");
        target.slots.replaceAll((name, slot) -> new Slot(name, slot.database, target.end()));
    }

    /** He who continued the run for another reason has not been told yet. */
    @Test
    void whoContinuesForAnotherReasonHasNotAcceptedIt() {
        upgrade.run(
                ProcedureName.CUTOVER,
                new Happening(before("start-way-back"), plane -> upgrade.world.source.crash(NEVER)));
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.BLOCKED);
        upgrade.world.target.slots.clear();

        upgrade.continueIfBlocked();
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(upgrade.run().outcome()).contains("Continuing the run accepts that");

        upgrade.continueIfBlocked();
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    private static int before(String step) {
        Upgrade calm = ready();
        calm.run(ProcedureName.CUTOVER, Trouble.NONE);
        List<String> moments = calm.count().moments;
        return moments.indexOf(moments.stream()
                .filter(moment -> moment.startsWith("before journal") && moment.contains(step + " STARTED"))
                .findFirst()
                .orElseThrow());
    }
}
