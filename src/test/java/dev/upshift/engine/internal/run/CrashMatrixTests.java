package dev.upshift.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.StepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process dies right before or right after every commit, every side effect, every undo and every change of status,
 * and again at every such moment of the recovery. A new process knows the journal and nothing else. In the end either
 * everything is done or nothing is, and the pivot's row alone says which.
 */
class CrashMatrixTests {

    /** Enough for any walk; only to notice a recovery that never ends. */
    private static final int MOST_DEATHS = 3;

    /** What nobody waits for does not get done before the death. */
    private static EngineWorld world() {
        EngineWorld world = new EngineWorld();
        world.beside = work -> {};
        return world;
    }

    static Stream<String> scenarios() {
        return Stream.of("nothing", "stage", "prepare", "hold", "fence", "drain", "look", "pivot");
    }

    /** A run in which the named step fails, or nothing does. */
    private static List<RecordedStep> steps(EngineWorld world, String failing) {
        List<RecordedStep> steps = world.everyKind();
        steps.stream()
                .filter(step -> step.name().equals(failing))
                .forEach(step -> step.first(StepOutcome.failed("It does not work.")));
        return steps;
    }

    private static List<String> momentsOf(String failing) {
        EngineWorld world = world();
        List<String> moments = world.moments();
        world.run(steps(world, failing));
        return moments;
    }

    @Test
    void everyCommitAndEverySideEffectIsAMoment() {
        assertThat(momentsOf("nothing"))
                .contains("before do hold", "after do hold", "before journal [resume STARTED, resume SUCCEEDED]")
                .contains(
                        "after journal [drain SUCCEEDED, look STARTED, look SUCCEEDED, pivot SUCCEEDED]",
                        "before status SUCCEEDED")
                .hasSizeGreaterThan(2 * EngineWorld.everything().size() * 2);
        assertThat(momentsOf("drain"))
                .contains(
                        "before undo hold", "after undo stage", "after journal [hold UNDONE]", "after status ABORTED");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aDeathAtAnyMomentEndsInAllOrNothing(String failing) {
        int moments = momentsOf(failing).size();
        IntStream.range(0, moments).forEach(moment -> {
            EngineWorld world = world();
            world.dieAt(moment);
            world.run(steps(world, failing));
            world.nobodyDies();
            recover(world);
            assertAllOrNothing(world, failing + " fails, death at " + moment);
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aSecondDeathAtAnyMomentOfTheRecoveryToo(String failing) {
        int moments = momentsOf(failing).size();
        for (int first = 0; first < moments; first++) {
            boolean diedAgain = true;
            for (int second = 0; diedAgain; second++) {
                EngineWorld world = world();
                world.dieAt(first);
                world.run(steps(world, failing));
                world.dieAt(second);
                int before = world.chronicle.lines().size();
                diedAgain = !recoverOnce(world);
                world.nobodyDies();
                recover(world);
                assertAllOrNothing(
                        world,
                        "%s fails, deaths at %d and %d, after line %d".formatted(failing, first, second, before));
            }
        }
    }

    /** Everything that was kept on failure goes on after a death instead of going back. */
    @Test
    void whatIsKeptOnFailureGoesOn() {
        EngineWorld counting = world();
        List<String> moments = counting.moments();
        counting.run(keeping(counting));
        int kept = moments.indexOf("after journal [copy STARTED]");
        assertThat(kept).isPositive();
        IntStream.range(0, moments.size()).forEach(moment -> {
            EngineWorld world = world();
            world.dieAt(moment);
            world.run(keeping(world));
            world.nobodyDies();
            while (!world.runs.latest().status().isOver()) {
                world.process();
                world.takeUp(keeping(world));
            }
            assertThat(world.runs.latest().status())
                    .as("death at " + moments.get(moment))
                    .isEqualTo(moment < kept ? RunStatus.ABORTED : RunStatus.SUCCEEDED);
            assertThat(world.effects).hasSize(moment < kept ? 0 : 4);
        });
    }

    private static List<RecordedStep> keeping(EngineWorld world) {
        return List.of(
                world.step("publish", Part.BEFORE),
                world.step("subscribe", Part.BEFORE),
                world.step("copy", Part.BEFORE).kept(),
                world.step("build", Part.BEFORE).kept());
    }

    /** Goes on with fresh processes until the run is over. */
    private static void recover(EngineWorld world) {
        for (int attempt = 0; !world.runs.latest().status().isOver(); attempt++) {
            assertThat(attempt).as("recoveries").isLessThan(MOST_DEATHS);
            recoverOnce(world);
        }
    }

    private static boolean recoverOnce(EngineWorld world) {
        if (!world.runs.latest().status().isOver()) {
            world.process();
            world.takeUp(world.everyKind());
        }
        return world.runs.latest().status().isOver();
    }

    private static void assertAllOrNothing(EngineWorld world, String how) {
        boolean forward = world.journal.isPastPivot();
        assertThat(world.runs.latest().status()).as(how).isEqualTo(forward ? RunStatus.SUCCEEDED : RunStatus.ABORTED);
        if (forward) {
            assertThat(world.effects).as(how).isEqualTo(EngineWorld.everything());
        } else {
            assertThat(world.effects).as(how).isEmpty();
        }
        assertOneWayOnly(world.chronicle.lines(), how);
        assertEverySideEffectWasAnnounced(world, how);
    }

    private static void assertOneWayOnly(List<String> lines, String how) {
        List<String> way = new ArrayList<>();
        for (String line : lines) {
            if (line.contains("pivot SUCCEEDED")) {
                way.add("pivot");
            } else if (line.startsWith("undo ")) {
                way.add("undo");
            } else if (line.equals("do activate") || line.equals("do resume")) {
                way.add("complete");
            }
        }
        if (way.contains("pivot")) {
            assertThat(way).as(how).startsWith("pivot").doesNotContain("undo");
        } else {
            assertThat(way).as(how).doesNotContain("complete");
        }
    }

    /** What completes the pivot is announced by the pivot's row; a look needs no row of its own. */
    private static void assertEverySideEffectWasAnnounced(EngineWorld world, String how) {
        world.chronicle.lines("do ").forEach(line -> {
            String step = line.substring("do ".length());
            String row = switch (step) {
                case "activate", "resume" -> "pivot " + Event.SUCCEEDED;
                case "look" -> "drain " + Event.STARTED;
                default -> step + " " + Event.STARTED;
            };
            List<String> lines = world.chronicle.lines();
            int announced = IntStream.range(0, lines.size())
                    .filter(index -> lines.get(index).contains(row))
                    .findFirst()
                    .orElse(Integer.MAX_VALUE);
            assertThat(announced).as(how + ": " + line).isLessThan(lines.indexOf(line));
        });
    }
}
