package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.RunStatus;
import dev.upshift.matrix.SwitchMatrixTests.Scenario;
import dev.upshift.pooler.PoolerProcess.Objection;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the guards had found in order is taken away at every moment between the look before the window and the last one,
 * behind the fence or at the pivot: the run goes back and names it, instead of finding out past the pivot.
 */
@ExtendWith(Quietly.class)
class RightsMatrixTests {

    private static final String RIGHT = "set where a subscription begins (pg_replication_origin_advance)";

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void aRightOfOurRoleThatThePartPastThePivotNeeds(Scenario scenario) {
        atEachMoment(
                scenario,
                Processes.ALONE,
                "at Roles.areStill source/billing",
                world -> world.source.lacking.add(RIGHT),
                RIGHT,
                world -> world.source.lacking.clear());
    }

    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void theApplicationsRightToConnectToTheEnteredSide(Scenario scenario) {
        atEachMoment(
                scenario,
                Processes.ALONE,
                "at Roles.areStill target/billing",
                world -> world.target.shutOut.add(SimulatedRoles.APPLICATION),
                "these roles may not connect to the database: app",
                world -> world.target.shutOut.clear());
    }

    /** What came with them, or was written anew in the rows, is on one side only. */
    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void thatColumnsAreAsTheyWere(Scenario scenario) {
        for (Side side : Side.values()) {
            atEachMoment(
                    scenario,
                    Processes.ALONE,
                    "at Links.rewrittenTables %s/billing".formatted(side.word()),
                    world ->
                            world.server(side).database("billing").columnChanges.add(Shop.STOCK),
                    "billing: columns of public.stock were changed on the " + side.word(),
                    world -> {});
        }
    }

    /** What it raises when the old link is dropped would leave the run standing past the pivot, without a way back. */
    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void thatNoEventTriggerFiresOnOurStatements(Scenario scenario) {
        atEachMoment(
                scenario,
                Processes.ALONE,
                "at Roles.areStill target/billing",
                world -> world.target.eventTriggers.add("guard_ddl"),
                "our statements fire guard_ddl",
                world -> world.target.eventTriggers.clear());
    }

    /**
     * A superuser who signs in after the plan holds up nobody: who could not be ended is found before the window, on the
     * side that is entered because he may hold former values of a sequence.
     */
    @ParameterizedTest
    @EnumSource
    void thatEverySessionCanBeEnded(Side side) {
        Scenario scenario = Scenario.CUTOVER;
        List<String> moments = moments(scenario, Processes.ALONE);
        Upgrade upgrade = scenario.begin();
        upgrade.run(
                scenario.procedure,
                new Happening(
                        moments.indexOf("at PoolerProcesses.look"),
                        plane -> upgrade.world
                                .server(side)
                                .database("billing")
                                .unendable
                                .add(new ClientSession(4711, "postgres", "psql", null))));

        String how = upgrade.explain("a superuser signed in");
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.ABORTED);
        assertThat(upgrade.run().outcome())
                .as(how)
                .contains("billing on the " + side.word() + ": ", "process 4711 of postgres (psql)");
        assertThat(upgrade.count().moments).noneMatch(moment -> moment.contains("Fence.raise"));
    }

    /** Rows that it makes there are told from others by nobody. */
    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void thatNoTriggerFiresForWhatReplicationBrings(Scenario scenario) {
        List<String> moments = moments(scenario, Processes.ALONE);
        for (Side side : Side.values()) {
            Upgrade upgrade = scenario.begin();
            upgrade.run(
                    scenario.procedure,
                    new Happening(
                            moments.indexOf("at PoolerProcesses.look"),
                            plane -> upgrade.world
                                    .server(side)
                                    .database("billing")
                                    .replicaTriggers
                                    .add("audit on public.stock")));

            String how = upgrade.explain("a trigger on the " + side.word());
            assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.ABORTED);
            assertThat(upgrade.run().outcome())
                    .as(how)
                    .contains("billing on the %s: audit on public.stock".formatted(side.word()));
            assertThat(upgrade.count().moments).noneMatch(moment -> moment.contains("Fence.raise"));
        }
    }

    /** Poolers that share a port with peers: each process is a pooler of the project, and then one more is started. */
    @ParameterizedTest
    @EnumSource(names = "CUTOVER")
    void thatNoOtherProcessTakesThePoolersClients(Scenario scenario) {
        atEachMoment(
                scenario,
                new Processes(List.of(), true),
                "at PoolerProcesses.look",
                world -> world.processes = new Processes(
                        List.of(new Objection("a", List.of(), "a second process answers.", "Register it.")), true),
                "a: a second process answers. Register it.",
                world -> world.processes = Processes.ALONE);
    }

    private static void atEachMoment(
            Scenario scenario,
            Processes processes,
            String lastLook,
            Consumer<World> taken,
            String named,
            Consumer<World> given) {
        List<String> moments = moments(scenario, processes);
        int first = moments.indexOf("at PoolerProcesses.look");
        int last = last(moments, lastLook);
        assertThat(last).as(moments.toString()).isGreaterThan(last(moments, "after Fence.raise source"));
        Cases.all(last + 1, moment -> moment >= first, moment -> {
            Upgrade upgrade = scenario.begin();
            upgrade.world.processes = processes;
            upgrade.run(scenario.procedure, new Happening(moment, plane -> taken.accept(upgrade.world)));
            String how = upgrade.explain("taken away " + moments.get(moment));
            assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.ABORTED);
            assertThat(upgrade.run().outcome()).as(how).contains(named);
            given.accept(upgrade.world);
            scenario.assertOneOrTheOther(upgrade, how);
        });
    }

    private static int last(List<String> moments, String beginning) {
        return moments.lastIndexOf(moments.reversed().stream()
                .filter(moment -> moment.startsWith(beginning))
                .findFirst()
                .orElseThrow());
    }

    private static List<String> moments(Scenario scenario, Processes processes) {
        Upgrade upgrade = scenario.begin();
        upgrade.world.processes = processes;
        upgrade.run(scenario.procedure, Trouble.NONE);
        return List.copyOf(upgrade.count().moments);
    }
}
