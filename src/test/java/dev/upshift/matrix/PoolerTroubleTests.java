package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.matrix.SwitchMatrixTests.Scenario;
import dev.upshift.shared.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Poolers whose clients cannot be held, or cannot come in afterwards. */
@ExtendWith(Quietly.class)
class PoolerTroubleTests {

    private static final Scenario CUTOVER = Scenario.CUTOVER;

    private final Upgrade upgrade = CUTOVER.begin();
    private final Pooler last = upgrade.world.poolers.getLast();

    @Test
    void aPoolerThatCouldNotBePausedOnceIsTriedAgain() {
        last.restless = 1;

        upgrade.run(ProcedureName.CUTOVER, Trouble.NONE);

        assertThat(last.restless).isZero();
        CUTOVER.assertDone(upgrade, "a pooler opened connections all the time");
    }

    @Test
    void aPoolerThatCanNeverBePausedIsNamedAndNobodyIsHeld() {
        last.restless = 1_000;

        Run run = upgrade.run(ProcedureName.CUTOVER, Trouble.NONE);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome())
                .contains("No moment came", last.name() + " opened server connections all the time")
                .endsWith("Clients were not held.")
                .doesNotContain("transaction was still open");
        assertThat(upgrade.count().calls).noneMatch(call -> call.startsWith("PoolerFleet.pause"));
        CUTOVER.assertOneOrTheOther(upgrade, "a pooler opens connections all the time");
        last.restless = 0;
        CUTOVER.assertGoesOnFromHere(upgrade, "after a pooler opened connections all the time");
    }

    @Test
    void attemptsThatLedToNothingAreCounted() {
        last.busy = true;

        Run run = upgrade.run(ProcedureName.CUTOVER, Trouble.NONE);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome())
                .contains("A transaction was still open after")
                .containsPattern("Clients were held 3 times, for \\d+ ms in all, and go on as before\\.");
        assertThat(upgrade.count().calls)
                .filteredOn(call -> call.startsWith("PoolerFleet.pause " + last.name()))
                .hasSize(3);
        last.busy = false;
        CUTOVER.assertGoesOnFromHere(upgrade, "after a transaction that did not end");
    }

    /** A pooler that is gone while it is to be paused cannot be told to let anybody go either. */
    @Test
    void whoCouldNotBeLetGoIsNotSaidToGoOn() {
        Run run = upgrade.run(
                ProcedureName.CUTOVER,
                new Happening(before("PoolerFleet.pause " + last.name()), plane -> last.answers = false));

        assertThat(run.outcome())
                .containsPattern("Clients were held once, for \\d+ ms in all, and not all were let go yet: ")
                .contains(last.name() + " does not answer")
                .doesNotContain("go on as before");
        last.answers = true;
        upgrade.continueIfBlocked();
        assertThat(upgrade.world.poolers).allMatch(pooler -> pooler.paused.isEmpty());
    }

    /** Past the pivot nothing is undone; whoever was held goes on, and a person is asked to let the others in. */
    @Test
    void anEntryThatIsDisabledPastThePivotWaitsForAPerson() {
        Run run = upgrade.run(
                ProcedureName.CUTOVER, new Happening(beforeClientsAreMoved(), plane -> last.disabled.add("bills")));

        assertThat(run.status()).as(upgrade.explain("disabled")).isEqualTo(RunStatus.BLOCKED);
        assertThat(run.outcome())
                .contains("Entry bills of %s is disabled: give ENABLE bills on its console.".formatted(last.name()));
        assertThat(upgrade.world.poolers).allMatch(pooler -> pooler.paused.isEmpty());
        assertThat(last.entries.get("bills").host()).isEqualTo(upgrade.world.target.endpoint.host());

        last.disabled.clear();
        upgrade.continueIfBlocked();

        assertThat(upgrade.world.project().servingSide()).isEqualTo(Side.TARGET);
        CUTOVER.assertDone(upgrade, "it was enabled");
    }

    private static int beforeClientsAreMoved() {
        return before("ConfigurationStore.activate");
    }

    /** The last time. */
    private static int before(String call) {
        List<String> moments = CUTOVER.moments();
        return moments.lastIndexOf(moments.reversed().stream()
                .filter(moment -> moment.startsWith("before " + call))
                .findFirst()
                .orElseThrow());
    }
}
