package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunStatus;
import dev.upshift.matrix.SwitchMatrixTests.Scenario;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a fence does not stop, and what stops clients on the other side, at every moment until the run looks for the last
 * time before its pivot: then the run goes back, and nothing is lost.
 */
@ExtendWith(Quietly.class)
class FenceMatrixTests {

    private static final String STRAY = "stray/shop";

    /** Moments before the fence of the entered side is lifted for the last time that belong to it, and some more. */
    private static final int LIFTING = 8;

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER", "ROLLBACK"})
    void aRowWrittenInSpiteOfTheFenceAtAnyMoment(Scenario scenario) {
        Side from = scenario.procedure == ProcedureName.ROLLBACK ? Side.TARGET : Side.SOURCE;
        atEachMoment(scenario, "at Fence.behind %s/shop".formatted(from.word()), moment -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, new Happening(moment, plane -> {
                Server server = upgrade.world.server(from);
                server.insert(server.database("shop"), Shop.ORDERS, "straggler-1");
                server.flush();
                upgrade.world.ledger.acknowledge("shop", "straggler-1");
            }));
            String how = "a straggler writes at moment " + moment;
            scenario.continueWhereBlocked(upgrade, how);
            scenario.assertOneOrTheOther(upgrade, how);
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void theEnteredSideIsMadeReadOnlyAtAnyMoment(Scenario scenario) {
        atEachMoment(scenario, "at Fence.admission target/billing", moment -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(
                    scenario.procedure,
                    new Happening(
                            moment,
                            plane -> upgrade.world.target.database("billing").fence = new FenceState("on", -1)));
            String how = upgrade.explain("read-only at moment " + moment);
            assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.ABORTED);
            assertThat(upgrade.run().outcome()).as(how).contains("billing").contains("read-only");
            upgrade.world.target.database("billing").fence = new FenceState(null, -1);
            scenario.assertOneOrTheOther(upgrade, how);
        });
    }

    /** He can only read, and would go on so: the side serves, and whoever lifted the fence is dead. */
    @ParameterizedTest
    @EnumSource(names = {"CUTOVER_AGAIN", "ROLLBACK"})
    void whoBeganBehindTheFenceOfTheEnteredSideCanWriteInTheEnd(Scenario scenario) {
        Side to = scenario.procedure == ProcedureName.ROLLBACK ? Side.SOURCE : Side.TARGET;
        List<String> moments = withStray(scenario, to, Trouble.NONE).count().moments;
        int lift = moments.lastIndexOf("before Fence.lift %s/shop".formatted(to.word()));
        Cases.all(moments.size(), moment -> moment > lift - LIFTING, moment -> {
            Upgrade upgrade = withStray(scenario, to, Deaths.at(moment));
            upgrade.heal();
            upgrade.recover();
            String how = "death " + moments.get(moment);
            scenario.assertOneOrTheOther(upgrade, how);
            if (!upgrade.bench().isPastPivot()) {
                return; // the other side serves
            }
            int before = upgrade.world.ledger.count(STRAY);
            for (int round = 0; round < 4; round++) {
                upgrade.world.traffic.step();
            }
            assertThat(upgrade.world.ledger.count(STRAY))
                    .as(upgrade.explain(how))
                    .isGreaterThan(before);
        });
    }

    /** Nobody holds former values where no sequence has a CACHE, and a fence that was left is lifted anyway. */
    @Test
    void sessionsOnTheEnteredSideEndOnlyWhereTheyMayHoldFormerValues() {
        Upgrade upgrade = Scenario.CUTOVER.begin();
        upgrade.run(ProcedureName.CUTOVER, Trouble.NONE);
        assertThat(upgrade.world.target.database("billing").ended).isOne();
        assertThat(upgrade.world.target.database("shop").ended).isZero();

        upgrade.run(ProcedureName.ROLLBACK, Trouble.NONE);
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.bench().journal().toString()).doesNotContain("former values and");
    }

    /** From another database, where no fence looks: whoever can be ended is ended where the fence is to be lifted. */
    @ParameterizedTest
    @EnumSource(names = {"CUTOVER_WITH_HARD_FENCE", "ROLLBACK", "REHEARSAL"})
    void somebodyHoldsWhatIsSetForADatabaseFromAnyMomentOn(Scenario scenario) {
        List<String> moments = scenario.moments();
        for (Side side : Side.values()) {
            Cases.all(moments.size(), moment -> moments.get(moment).contains("Fence."), moment -> {
                for (boolean endable : List.of(true, false)) {
                    Upgrade upgrade = scenario.begin();
                    upgrade.run(
                            scenario.procedure,
                            new Happening(
                                    moment,
                                    plane -> upgrade.world
                                            .server(side)
                                            .database("billing")
                                            .holders
                                            .add(holder(endable))));
                    String how = "held on the %s (%s) %s".formatted(side.word(), endable, moments.get(moment));
                    if (upgrade.run().status() == RunStatus.BLOCKED) {
                        assertThat(endable).as(upgrade.explain(how)).isFalse();
                        assertThat(upgrade.run().outcome()).as(how).contains("process 4711 of dba (psql)");
                    }
                    scenario.continueWhereBlocked(upgrade, how);
                    scenario.assertOneOrTheOther(upgrade, how);
                }
            });
        }
    }

    private static SettingsHolder holder(boolean endable) {
        return new SettingsHolder(4711, "dba", "psql", null, "postgres", null, endable);
    }

    private static Upgrade withStray(Scenario scenario, Side to, Trouble inIt) {
        Upgrade upgrade = scenario.begin();
        assertThat(upgrade.world.traffic.comesTo(to, "shop")).isEqualTo(STRAY);
        upgrade.run(scenario.procedure, inIt);
        return upgrade;
    }

    /** From the pause on until the last look before the pivot. */
    private static void atEachMoment(Scenario scenario, String look, IntConsumer trial) {
        List<String> moments = scenario.moments();
        int first = index(moments, 0, "before Fence.raise");
        int pivot = index(moments, first, "before ConfigurationStore.activate");
        int last = moments.subList(0, pivot).lastIndexOf(look);
        assertThat(last).as(moments.toString()).isGreaterThan(first);
        Cases.all(last + 1, moment -> moment >= first, trial::accept);
    }

    private static int index(List<String> moments, int from, String beginning) {
        for (int moment = from; moment < moments.size(); moment++) {
            if (moments.get(moment).startsWith(beginning)) {
                return moment;
            }
        }
        throw new AssertionError("No " + beginning + " in " + moments);
    }
}
