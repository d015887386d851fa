package dev.upshift.procedure.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that may be done at the same time are begun by one commit, and all of them are over before anything is undone. */
class StepsBesideEachOtherTests {

    private static List<RecordedStep> steps(EngineWorld world) {
        return List.of(
                world.step("hold", Part.WINDOW),
                world.step("set", Part.WINDOW),
                world.step("stop", Part.WINDOW).beside(),
                world.step("advance", Part.WINDOW).beside(),
                world.step("pivot", Part.PIVOT),
                world.step("resume", Part.COMPLETION));
    }

    private static List<RecordedStep> failing(EngineWorld world, String name) {
        List<RecordedStep> steps = steps(world);
        steps.stream()
                .filter(step -> step.name().equals(name))
                .forEach(step -> step.first(StepOutcome.failed("It does not work.")));
        return steps;
    }

    @Test
    void aGroupIsWhatStandsBesideTheStepBeforeIt() {
        EngineWorld world = new EngineWorld();

        assertThat(StepGroups.of(List.copyOf(steps(world))))
                .extracting(List::size)
                .containsExactly(1, 3, 1, 1);
        assertThat(StepGroups.of(List.of())).isEmpty();
    }

    @Test
    void oneCommitBeginsAllOfThem() {
        EngineWorld world = new EngineWorld();
        List<String> moments = world.moments();

        Run run = world.run(steps(world));

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(moments)
                .contains("after journal [hold SUCCEEDED, set STARTED, stop STARTED, advance STARTED]")
                .contains("after journal [set SUCCEEDED, stop SUCCEEDED, advance SUCCEEDED, pivot SUCCEEDED]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "stop", "advance"})
    void theOthersAreOverBeforeAnythingIsUndone(String failing) {
        EngineWorld world = new EngineWorld();

        Run run = world.run(failing(world, failing));

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("It does not work.");
        assertThat(world.effects).isEmpty();
        List<String> done = world.chronicle.lines().stream()
                .filter(line -> line.startsWith("do ") || line.startsWith("undo "))
                .toList();
        assertThat(done)
                .containsExactly(
                        "do hold",
                        "do set",
                        "do stop",
                        "do advance",
                        "undo advance",
                        "undo stop",
                        "undo set",
                        "undo hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "set", "stop", "advance"})
    void aDeathAtAnyMomentEndsInAllOrNothing(String failing) {
        EngineWorld counting = new EngineWorld();
        List<String> moments = counting.moments();
        counting.run(failing(counting, failing));

        IntStream.range(0, moments.size()).forEach(moment -> {
            EngineWorld world = new EngineWorld();
            world.dieAt(moment);
            world.run(failing(world, failing));
            world.nobodyDies();
            while (!world.runs.latest().status().isOver()) {
                world.process();
                world.takeUp(steps(world));
            }
            assertThat(world.effects)
                    .as("%s fails, death %s".formatted(failing, moments.get(moment)))
                    .isEqualTo(
                            world.journal.isPastPivot()
                                    ? Set.of("hold", "set", "stop", "advance", "resume")
                                    : Set.of());
        });
    }
}
