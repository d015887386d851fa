package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.Script;
import dev.upshift.matrix.BrokenCall.How;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every moment of every switch is tried for whatever may happen at it, in a world where clients write all the time: in
 * the end one side serves everybody and feeds the other, nothing is lost, nothing is held, nothing lies around, and the
 * next switch works.
 */
@ExtendWith(Quietly.class)
class SwitchMatrixTests {

    /** After each first death so much of the recovery is tried for a second one, after the next another part. */
    private static final int SHARE = 8;

    /** Waits until a server that crashed is back: more than one round of undoing takes. */
    private static final int AWAY = 12;

    @ParameterizedTest
    @EnumSource
    void everyStepOfTheScriptIsGoneThrough(Scenario scenario) {
        Upgrade upgrade = scenario.begin();
        upgrade.run(scenario.procedure, Trouble.NONE);

        scenario.assertDone(upgrade, "nothing happens");
        try (Script script = upgrade.script(upgrade.world.project())) {
            script.steps().forEach(step -> assertThat(upgrade.bench().journal()).contains(step.name() + " SUCCEEDED"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER_AGAIN", "ROLLBACK", "REHEARSAL"})
    void aDeathAtAnyMoment(Scenario scenario) {
        List<String> moments = scenario.moments();
        Cases.all(moments.size(), moment -> Upgrade.lasts(moments.get(moment)), moment -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, Deaths.at(moment));
            upgrade.heal();
            upgrade.recover();
            scenario.assertOneOrTheOther(upgrade, "death " + moments.get(moment));
            scenario.assertGoesOnFromHere(upgrade, "after a death " + moments.get(moment));
        });
    }

    @ParameterizedTest
    @EnumSource(names = "ROLLBACK")
    void aSecondDeathAtAnyMomentOfTheRecovery(Scenario scenario) {
        List<String> moments = scenario.moments();
        Cases.all(
                moments.size(),
                first -> Upgrade.lasts(moments.get(first)),
                first -> dieTwice(scenario, first, moments.get(first)));
    }

    private static void dieTwice(Scenario scenario, int first, String moment) {
        List<String> recovery = recovery(scenario, first);
        for (int second = first % SHARE; second < recovery.size(); second += SHARE) {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, Deaths.at(first, second));
            upgrade.recover();
            scenario.assertOneOrTheOther(upgrade, "deaths " + moment + " and " + recovery.get(second));
        }
    }

    private static List<String> recovery(Scenario scenario, int death) {
        Upgrade upgrade = scenario.begin();
        upgrade.run(scenario.procedure, Deaths.at(death));
        return upgrade.momentsOfRecovery();
    }

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void anyCallThatFailsOnce(Scenario scenario) {
        callsFail(scenario, How.ONCE, call -> true);
    }

    @ParameterizedTest
    @EnumSource(names = "ROLLBACK")
    void anyCallThatLosesItsAnswer(Scenario scenario) {
        callsFail(scenario, How.ANSWER_LOST, call -> true);
    }

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void anyCallThatFailsForEver(Scenario scenario) {
        callsFail(scenario, How.FOR_EVER, call -> true);
    }

    private static void callsFail(Scenario scenario, How how, Predicate<String> which) {
        List<String> calls = scenario.calls();
        Cases.all(calls.size(), call -> which.test(calls.get(call)), call -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, new BrokenCall(call, how));
            String what = "%s: call %d, %s".formatted(how, call, calls.get(call));
            scenario.continueWhereBlocked(upgrade, what);
            scenario.assertOneOrTheOther(upgrade, what);
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void anyWriteOfTheJournalThatIsRefusedOrWhoseAnswerIsLost(Scenario scenario) {
        int writes = (int) scenario.moments().stream()
                .filter(moment -> moment.startsWith("before journal"))
                .count();
        assertThat(writes).isGreaterThan(20);
        Cases.all(writes, write -> true, write -> {
            Upgrade refused = scenario.begin();
            refused.refuse(write);
            refused.run(scenario.procedure, Trouble.NONE);
            scenario.assertOneOrTheOther(refused, "write " + write + " is refused");

            Upgrade lost = scenario.begin();
            lost.loseAnswer(write);
            lost.run(scenario.procedure, Trouble.NONE);
            scenario.assertOneOrTheOther(lost, "the answer to write " + write + " is lost");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER_WITH_HARD_FENCE", "ROLLBACK", "REHEARSAL"})
    void thePauseBudgetIsSpentAtAnyMoment(Scenario scenario) {
        AtomicInteger rung = new AtomicInteger();
        happening(
                scenario,
                upgrade -> {
                    if (upgrade.alarm.ring()) {
                        rung.incrementAndGet();
                    }
                },
                "the budget is spent");
        assertThat(rung).hasValueGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(names = "ROLLBACK")
    void somebodyAbortsAtAnyMoment(Scenario scenario) {
        happening(
                scenario,
                upgrade -> {
                    upgrade.bench().abort();
                    upgrade.alarm.ringIfDue();
                },
                "somebody aborts");
    }

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void aPoolerIsAwayWhenADeadOwnerIsReplaced(Scenario scenario) {
        List<String> moments = scenario.moments();
        Cases.all(moments.size(), moment -> Upgrade.lasts(moments.get(moment)), moment -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, Deaths.at(moment));
            upgrade.world.poolers.getLast().answers = false;
            String how = "death " + moments.get(moment) + ", a pooler is away";
            if (!upgrade.run().status().isOver()) {
                upgrade.takeUp();
            }
            assertThat(upgrade.world.poolers.getFirst().paused)
                    .as(upgrade.explain(how))
                    .isEmpty();
            scenario.continueWhereBlocked(upgrade, how);
            scenario.assertOneOrTheOther(upgrade, how);
        });
    }

    @ParameterizedTest
    @EnumSource(names = "ROLLBACK")
    void whatIsStagedIsTidiedAwayAtAnyMoment(Scenario scenario) {
        happening(
                scenario,
                upgrade -> upgrade.world.poolers.getFirst().staged = null,
                "somebody tidies the staged configuration away");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER", "ROLLBACK"})
    void theSourceRestartsAtAnyMoment(Scenario scenario) {
        happening(scenario, upgrade -> upgrade.world.source.restart(), "the source restarts");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER", "ROLLBACK"})
    void theTargetRestartsAtAnyMoment(Scenario scenario) {
        happening(scenario, upgrade -> upgrade.world.target.restart(), "the target restarts");
    }

    @ParameterizedTest
    @EnumSource(names = {"CUTOVER", "ROLLBACK", "REHEARSAL"})
    void theSideThatIsLeftIsAwayForAWhileFromAnyMomentOn(Scenario scenario) {
        happening(
                scenario, upgrade -> upgrade.world.server(scenario.from).crash(AWAY), "the side that is left crashes");
    }

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void theSideThatIsEnteredIsAwayForAWhileFromAnyMomentOn(Scenario scenario) {
        happening(
                scenario,
                upgrade -> upgrade.world.server(scenario.from.other()).crash(AWAY),
                "the side that is entered crashes");
    }

    @ParameterizedTest
    @EnumSource(names = "ROLLBACK")
    void aPoolerRestartsAtAnyMoment(Scenario scenario) {
        happening(scenario, upgrade -> upgrade.world.poolers.getLast().restart(), "a pooler restarts");
    }

    @ParameterizedTest
    @EnumSource(names = "ROLLBACK")
    void aPoolerIsAwayFromAnyMomentOn(Scenario scenario) {
        happening(scenario, upgrade -> upgrade.world.poolers.getLast().answers = false, "a pooler is away");
    }

    private static void happening(Scenario scenario, Consumer<Upgrade> event, String what) {
        List<String> moments = scenario.moments();
        Cases.all(moments.size(), moment -> !Upgrade.lasts(moments.get(moment)), moment -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, new Happening(moment, plane -> event.accept(upgrade)));
            String how = what + " " + moments.get(moment) + " (moment " + moment + ")";
            scenario.continueWhereBlocked(upgrade, how);
            scenario.assertOneOrTheOther(upgrade, how);
        });
    }

    @Test
    void theMatrixIsLarge() {
        assertThat(Scenario.CUTOVER.moments().stream().filter(moment -> !moment.startsWith("at ")))
                .hasSizeGreaterThan(100);
    }

    /** The switches there are. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes the array
    enum Scenario {
        CUTOVER(ProcedureName.CUTOVER, Side.SOURCE, false, false),
        CUTOVER_WITH_HARD_FENCE(ProcedureName.CUTOVER, Side.SOURCE, true, false),
        REHEARSAL(ProcedureName.REHEARSE, Side.SOURCE, false, false),
        ROLLBACK(ProcedureName.ROLLBACK, Side.TARGET, false, true, ProcedureName.CUTOVER),
        CUTOVER_AGAIN(ProcedureName.CUTOVER, Side.SOURCE, true, true, ProcedureName.CUTOVER, ProcedureName.ROLLBACK);

        final ProcedureName procedure;
        private final Side from;
        private final boolean hardFence;
        private final boolean otherWasFenced;
        private final ProcedureName[] before;

        Scenario(
                ProcedureName procedure,
                Side from,
                boolean hardFence,
                boolean otherWasFenced,
                ProcedureName... before) {
            this.procedure = procedure;
            this.from = from;
            this.hardFence = hardFence;
            this.otherWasFenced = otherWasFenced;
            this.before = before;
        }

        Upgrade begin() {
            return new Upgrade(hardFence)
                    .after(ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE)
                    .after(before);
        }

        List<String> moments() {
            Upgrade upgrade = begin();
            upgrade.run(procedure, Trouble.NONE);
            return upgrade.count().moments;
        }

        List<String> calls() {
            Upgrade upgrade = begin();
            upgrade.run(procedure, Trouble.NONE);
            return upgrade.count().calls;
        }

        /** What a run without any trouble ends with. */
        void assertDone(Upgrade upgrade, String how) {
            if (procedure == ProcedureName.REHEARSE) {
                assertThat(upgrade.run().status()).as(upgrade.explain(how)).isEqualTo(RunStatus.SUCCEEDED);
                assertOneOrTheOther(upgrade, how);
            } else {
                assertSwitched(upgrade, how);
            }
        }

        private void assertSwitched(Upgrade upgrade, String how) {
            assertThat(upgrade.run().status()).as(upgrade.explain(how)).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(upgrade.world.project().servingSide()).as(how).isEqualTo(from.other());
            Outcome.assertServes(upgrade.world, from.other(), true, upgrade.explain(how));
        }

        private void assertAsBefore(Upgrade upgrade, String how) {
            assertThat(upgrade.run().status())
                    .as(upgrade.explain(how))
                    .isIn(RunStatus.ABORTED, procedure == ProcedureName.REHEARSE ? RunStatus.SUCCEEDED : null);
            assertThat(upgrade.run().outcome()).as(how).isNotBlank();
            assertThat(upgrade.world.project().servingSide()).as(how).isEqualTo(from);
            Outcome.assertServes(upgrade.world, from, otherWasFenced, upgrade.explain(how));
        }

        void assertOneOrTheOther(Upgrade upgrade, String how) {
            if (upgrade.bench().isPastPivot()) {
                assertSwitched(upgrade, how);
            } else {
                assertAsBefore(upgrade, how);
            }
        }

        /** Whatever the outcome, the next switch goes through. */
        void assertGoesOnFromHere(Upgrade upgrade, String how) {
            boolean switched = upgrade.bench().isPastPivot();
            Side next = switched ? from.other() : from;
            upgrade.world.traffic.atHome(next);
            upgrade.run(next == Side.SOURCE ? ProcedureName.CUTOVER : ProcedureName.ROLLBACK, Trouble.NONE);
            assertThat(upgrade.run().status()).as(upgrade.explain(how)).isEqualTo(RunStatus.SUCCEEDED);
            Outcome.assertServes(upgrade.world, next.other(), true, upgrade.explain(how));
        }

        /** The cause goes away, and somebody continues what waited for him. */
        void continueWhereBlocked(Upgrade upgrade, String how) {
            if (upgrade.run().status() == RunStatus.BLOCKED) {
                assertHeldOrServed(upgrade, how);
                upgrade.heal();
                upgrade.takeUp();
            }
            upgrade.heal();
        }

        /** A run that waits for a person: clients are held, or served by the side that the pivot's row names. */
        private void assertHeldOrServed(Upgrade upgrade, String how) {
            Side serving = upgrade.bench().isPastPivot() ? from.other() : from;
            upgrade.world.poolers.forEach(pooler -> pooler.entries.values().stream()
                    .filter(entry -> Shop.ENTRIES.contains(entry.name()))
                    .filter(entry -> !pooler.paused.contains(entry.name()))
                    .forEach(entry -> assertThat(entry.host())
                            .as(upgrade.explain(how))
                            .isEqualTo(upgrade.world.server(serving).endpoint.host())));
            assertThat(upgrade.world.ledger.violations).as(upgrade.explain(how)).isEmpty();
            assertThat(upgrade.run().outcome()).as(how).contains("continue the run");
        }
    }
}
