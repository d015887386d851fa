package dev.upshift.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.StepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void oneCommitBeginsAllOfThem() {
        EngineWorld world = new EngineWorld();
        List<String> moments = world.moments();

        Run run = world.run(steps(world));

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(moments)
                .contains("after journal [hold SUCCEEDED, set STARTED, stop STARTED, advance STARTED]")
                .contains("after journal [set SUCCEEDED, stop SUCCEEDED, advance SUCCEEDED, pivot SUCCEEDED]");
    }

    /** They would leave nothing to take back; one that does has its row first, and with it all that begin with it. */
    @Test
    void noneWaitsForItsRowWhereAllLeaveNothing() {
        EngineWorld world = new EngineWorld();
        List<Runnable> later = new ArrayList<>();
        world.beside = later::add;
        List<RecordedStep> steps = List.of(
                world.step("hold", Part.WINDOW),
                world.step("look", Part.WINDOW).looking(),
                world.step("wait", Part.WINDOW).looking().beside(),
                world.step("see", Part.WINDOW).looking(),
                world.step("stop", Part.WINDOW).beside(),
                world.step("pivot", Part.PIVOT),
                world.step("resume", Part.COMPLETION));

        assertThat(world.run(steps).status()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(world.chronicle.lines())
                .containsSubsequence(
                        "do hold",
                        "do look",
                        "do wait",
                        "journal [hold SUCCEEDED, look STARTED, wait STARTED, look SUCCEEDED, wait SUCCEEDED, see STARTED, stop STARTED]",
                        "do see",
                        "do stop",
                        "journal [see SUCCEEDED, stop SUCCEEDED, pivot SUCCEEDED]");
        int lines = world.chronicle.lines().size();
        later.forEach(Runnable::run);
        assertThat(later).hasSize(1);
        assertThat(world.chronicle.lines()).as("all was committed already").hasSize(lines);
    }

    /** A commit beside that comes late takes the rows of its own time, and not the pivot, of which somebody has to know. */
    @Test
    void aCommitBesideNeverTakesThePivot() {
        EngineWorld world = new EngineWorld();
        List<Runnable> later = new ArrayList<>();
        world.beside = later::add;
        RecordedStep pivot = world.step("pivot", Part.PIVOT);
        List<RecordedStep> steps = List.of(
                world.step("hold", Part.WINDOW),
                world.step("look", Part.WINDOW).looking(),
                pivot,
                world.step("resume", Part.COMPLETION));
        world.journal.refuse(rows -> {
            boolean first = rows.stream().anyMatch(JournalEntry::isPivot) && !later.isEmpty();
            if (first) {
                later.removeFirst().run();
            }
            return first;
        });

        assertThat(world.run(steps).status()).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(world.journal.refused()).isEqualTo(1);
        assertThat(world.chronicle.lines())
                .containsSubsequence(
                        "do look",
                        "journal [hold SUCCEEDED, look STARTED]",
                        "journal [look SUCCEEDED, pivot SUCCEEDED]");
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

    /**
     * Clients are let go as soon as one has failed, and that makes others fail: of two the one counts that failed first,
     * wherever it stands, even if the other is quicker to say so.
     */
    @ParameterizedTest
    @CsvSource({"advance, set", "set, advance", "stop, set", "stop, advance"})
    void theFirstInTimeTellsWhy(String first, String because) {
        EngineWorld world = new EngineWorld();
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch bothFailed = new CountDownLatch(2);
        world.together = StepsBesideEachOtherTests::atOnce;
        world.onRelease = () -> {
            released.countDown();
            bothFailed.countDown();
            await(bothFailed);
        };
        List<RecordedStep> steps = steps(world);
        step(steps, first).first(StepOutcome.failed("The cause."));
        step(steps, because).first(run -> {
            await(released);
            return StepOutcome.failed("Clients are not held any more.");
        });

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("The cause.");
        assertThat(world.journal.of(run.id()))
                .filteredOn(row -> row.event() == Event.FAILED)
                .extracting(JournalEntry::step, JournalEntry::sentence)
                .containsExactlyInAnyOrder(
                        tuple(first, "The cause."), tuple(because, "Clients are not held any more."));
        assertThat(world.effects).isEmpty();
    }

    private static RecordedStep step(List<RecordedStep> steps, String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void atOnce(List<Runnable> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            work.forEach(threads::execute);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
