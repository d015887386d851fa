package dev.upshift.engine.internal.run;

import static dev.upshift.engine.internal.run.EngineWorld.containing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.StepOutcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata database is away, loses its answers, or belongs to somebody else by now. */
class MetadataTroubleTests {

    private final EngineWorld world = new EngineWorld();

    @ParameterizedTest
    @ValueSource(strings = {"stage", "prepare", "hold", "fence", "drain"})
    void aStepThatCannotBeAnnouncedIsNotBegun(String name) {
        world.journal.refuse(containing(name, Event.STARTED, 1));

        Run run = world.run(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).contains("the metadata database is away");
        assertThat(world.chronicle.lines()).doesNotContain("do " + name);
        assertThat(world.effects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "prepare"})
    void aSuccessThatCannotBeWrittenGoesBack(String name) {
        world.journal.refuse(containing(name, Event.SUCCEEDED, 1));

        Run run = world.run(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).contains("It was done, but the journal cannot be written");
        assertThat(world.chronicle.lines()).contains("do " + name, "undo " + name);
        assertThat(world.effects).isEmpty();
    }

    @Test
    void thePivotIsTriedUntilItIsKnown() {
        world.journal.refuse(containing("pivot", Event.SUCCEEDED, 7));

        Run run = world.run(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.journal.refused()).isEqualTo(7);
        assertThat(world.chronicle.lines())
                .containsSubsequence("journal [look SUCCEEDED, pivot SUCCEEDED]", "do activate")
                .doesNotContain("release");
    }

    @Test
    void aPivotWhoseAnswerIsLostIsPassedOnce() {
        world.journal.loseAnswer(containing("pivot", Event.SUCCEEDED, 1));

        Run run = world.run(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.journal.lines().stream().filter("pivot SUCCEEDED"::equals))
                .hasSize(1);
    }

    /** Who reuses the number of a row that may be there writes a row that is silently left out. */
    @ParameterizedTest
    @ValueSource(strings = {"drain STARTED", "prepare SUCCEEDED"})
    void aRowInDoubtKeepsItsPlaceBeforeTheFailure(String row) {
        String[] words = row.split(" ");
        world.journal.loseAnswer(containing(words[0], Event.valueOf(words[1]), 1));

        assertThat(world.run(world.everyKind()).status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.journal.lines()).containsSubsequence(row, words[0] + " FAILED", words[0] + " UNDOING");
        assertThat(world.effects).isEmpty();
    }

    @Test
    void clientsDoNotWaitForTheJournalOfTheCompletion() {
        world.journal.refuse(entries -> entries.stream().noneMatch(entry -> entry.part() == Part.AFTER)
                && entries.stream().anyMatch(entry -> entry.part() == Part.COMPLETION));

        Run run = world.run(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.chronicle.lines())
                .containsSubsequence(
                        "do activate",
                        "do resume",
                        "journal [activate STARTED, activate SUCCEEDED, resume STARTED, resume SUCCEEDED, record STARTED]",
                        "do record");
    }

    @Test
    void whatDidNotSucceedInTheCompletionIsWrittenBeforeTheRunIsBlocked() {
        List<RecordedStep> steps = world.everyKind();
        steps.get(8).first(StepOutcome.failed("A pooler is gone."));
        world.journal.refuse(containing("resume", Event.FAILED, 4));

        assertThat(world.run(steps).status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(world.journal.lines()).endsWith("resume FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"record STARTED", "record SUCCEEDED", "clean STARTED", "clean SUCCEEDED"})
    void afterTheWindowEverythingIsTriedUntilItIsKnown(String row) {
        String[] words = row.split(" ");
        world.journal.refuse(containing(words[0], Event.valueOf(words[1]), 5));

        Run run = world.run(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.chronicle.lines("do " + words[0])).hasSize(1);
        assertThat(world.journal.refused()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain FAILED", "fence UNDOING", "fence UNDONE", "stage UNDONE"})
    void theWayBackIsTriedUntilItIsKnown(String row) {
        String[] words = row.split(" ");
        List<RecordedStep> steps = world.everyKind();
        steps.get(4).first(StepOutcome.failed("No."));
        world.journal.refuse(containing(words[0], Event.valueOf(words[1]), 5));

        assertThat(world.run(steps).status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.effects).isEmpty();
        assertThat(world.journal.refused()).isEqualTo(5);
        assertThat(world.chronicle.lines().indexOf("release")).isPositive();
    }

    @Test
    void linesForPeopleAreWrittenLater() {
        world.journal.refuse(entries ->
                entries.getLast().event() == Event.RETRIED || entries.getLast().event() == Event.PROGRESS);

        Run run = world.run(world.step("copy", Part.BEFORE).first(context -> {
            context.progress("3 of 5 tables.");
            return StepOutcome.retry("2 tables are missing.", Duration.ofNanos(1000));
        }));

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.journal.lines())
                .containsExactly("copy STARTED", "copy PROGRESS", "copy RETRIED", "copy SUCCEEDED");
    }

    @Test
    void factsThatCannotBeRememberedFailTheStepBeforeItsSideEffect() {
        boolean[] wentOn = {false};
        world.journal.refuse(containing("fence", Event.PROGRESS, 1));

        Run run = world.run(world.step("fence", Part.WINDOW).first(context -> {
            context.remember("Limit was 5.", Map.of("limit", "5"));
            wentOn[0] = true;
            return StepOutcome.done("Fenced.");
        }));

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(wentOn[0]).isFalse();
    }

    @Test
    void theEndingIsTriedUntilItIsKnown() {
        List<RecordedStep> steps = world.everyKind();
        steps.getLast().first(context -> {
            world.runs.refuse(6);
            return StepOutcome.done("Clean.");
        });

        assertThat(world.run(steps).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** Every single write of a run is refused once, and then loses its answer once. */
    @Test
    void anyWriteMayFailOrLoseItsAnswer() {
        world.run(world.everyKind());
        int writes = world.chronicle.lines("journal").size();

        IntStream.range(0, writes).forEach(write -> {
            EngineWorld refused = new EngineWorld();
            refused.journal.refuse(number(write));
            refused.run(refused.everyKind());
            assertAllOrNothing(refused, "write " + write + " is refused");

            EngineWorld lost = new EngineWorld();
            lost.journal.loseAnswer(number(write));
            lost.run(lost.everyKind());
            assertAllOrNothing(lost, "the answer to write " + write + " is lost");
        });
    }

    private static Predicate<List<JournalEntry>> number(int wanted) {
        AtomicInteger next = new AtomicInteger();
        return entries -> next.getAndIncrement() == wanted;
    }

    private static void assertAllOrNothing(EngineWorld world, String how) {
        boolean forward = world.journal.isPastPivot();
        assertThat(world.runs.latest().status()).as(how).isEqualTo(forward ? RunStatus.SUCCEEDED : RunStatus.ABORTED);
        assertThat(world.effects).as(how).isEqualTo(forward ? EngineWorld.everything() : Set.of());
        List<Integer> sequences =
                world.journal.of(0).stream().map(JournalEntry::sequence).toList();
        assertThat(sequences)
                .as(how)
                .isEqualTo(IntStream.rangeClosed(1, sequences.size()).boxed().toList());
    }

    /** Another control plane takes the run over right before every write of the first, and finishes it. */
    @Test
    void anOwnerThatWasReplacedTouchesNothingAnyMore() {
        List<String> moments = world.moments();
        world.run(world.everyKind());

        IntStream.range(0, moments.size())
                .filter(moment -> moments.get(moment).startsWith("before journal"))
                .forEach(moment -> replaceAt(moment, moments.get(moment)));
    }

    private static void replaceAt(int moment, String name) {
        EngineWorld world = new EngineWorld();
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wakeUp = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger(moment);
        world.chronicle.onMoments(what -> {
            if (left.getAndDecrement() == 0) {
                asleep.countDown();
                awaitQuietly(wakeUp);
            }
        });
        world.begin(world.everyKind());
        awaitQuietly(asleep);
        CountDownLatch firstIsOver = world.over();

        world.process();
        RunStatus ending = world.takeUp(world.everyKind()).status();
        Set<String> effects = new HashSet<>(world.effects);
        int lines = world.chronicle.lines().size();
        wakeUp.countDown();
        awaitQuietly(firstIsOver);

        List<String> afterwards =
                world.chronicle.lines().subList(lines, world.chronicle.lines().size());
        assertThat(afterwards).as(name).hasSize(1).first().asString().startsWith("stale");
        assertThat(world.effects).as(name).isEqualTo(effects);
        assertThat(world.runs.latest().status()).as(name).isEqualTo(ending);
        assertThat(ending.isOver()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
