package dev.upshift.engine.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunEnded;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStarted;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs walked forward and back while servers and metadata database behave; see also the tests beside this one. */
class RunWalkTests {

    private final EngineWorld world = new EngineWorld();

    @Test
    void everySideEffectComesAfterItsAnnouncementAndThePivotBeforeTheCompletion() {
        Run run = world.run(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.outcome()).isEqualTo("All is done.");
        assertThat(run.endedAt()).isNotNull();
        assertThat(world.chronicle.lines())
                .containsExactly(
                        "RunStarted",
                        "journal [stage STARTED]",
                        "do stage",
                        "journal [stage SUCCEEDED]",
                        "journal [prepare STARTED]",
                        "do prepare",
                        "journal [prepare SUCCEEDED]",
                        "journal [hold STARTED]",
                        "do hold",
                        "journal [hold SUCCEEDED, fence STARTED]",
                        "do fence",
                        "journal [fence SUCCEEDED, drain STARTED]",
                        "do drain",
                        "journal [drain SUCCEEDED, look STARTED]",
                        "do look",
                        "journal [look SUCCEEDED, pivot SUCCEEDED]",
                        "do activate", // clients wait, and the metadata database may not answer
                        "journal [activate STARTED, activate SUCCEEDED]",
                        "do resume",
                        "journal [resume STARTED, resume SUCCEEDED]",
                        "journal [record STARTED]",
                        "do record",
                        "journal [record SUCCEEDED]",
                        "journal [clean STARTED]",
                        "do clean",
                        "journal [clean SUCCEEDED]",
                        "status SUCCEEDED",
                        "RunEnded");
        assertThat(world.scriptClosed).isTrue();
    }

    @Test
    void theJournalIsCompleteBeforeTheRunIsOver() {
        world.run(world.step("hold", Part.WINDOW));

        assertThat(world.chronicle.lines())
                .containsSubsequence("do hold", "journal [hold SUCCEEDED]", "status SUCCEEDED");
    }

    @Test
    void otherModulesHearOfARunInTheCommitThatBeginsOrEndsIt() {
        world.run(world.everyKind());

        assertThat(world.events)
                .hasSize(2)
                .hasAtLeastOneElementOfType(RunStarted.class)
                .last()
                .isInstanceOfSatisfying(
                        RunEnded.class, ended -> assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED));
        assertThat(world.chronicle.lines("outside")).isEmpty();
    }

    @Test
    void clientsAreLetGoBeforeTheFailureIsWrittenAndEverythingIsUndoneLastFirst() {
        List<RecordedStep> steps = world.everyKind();
        steps.get(4).first(StepOutcome.failed("A transaction does not end."));

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("A transaction does not end.");
        assertThat(world.effects).isEmpty();
        assertThat(world.chronicle.lines())
                .containsSubsequence(
                        "do drain",
                        "release",
                        "journal [drain FAILED]",
                        "status ABORTING",
                        "journal [drain UNDOING]",
                        "undo drain",
                        "journal [drain UNDONE]",
                        "undo fence",
                        "undo hold",
                        "undo prepare",
                        "undo stage",
                        "status ABORTED")
                .doesNotContain("do activate");
    }

    @Test
    void anExceptionBeforeThePivotGoesBack() {
        Run run = world.run(
                world.step("stage", Part.BEFORE),
                world.step("hold", Part.WINDOW).first(context -> {
                    throw new IllegalStateException("No answer");
                }),
                world.step("pivot", Part.PIVOT));

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("No answer.");
        assertThat(world.effects).isEmpty();
    }

    @Test
    void anUnknownOutcomeBeforeThePivotIsUndone() {
        Run run = world.run(
                world.step("hold", Part.WINDOW).first(new StepOutcome.Unknown("Nobody knows.")),
                world.step("pivot", Part.PIVOT));

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("Nobody knows.");
        assertThat(world.effects).isEmpty();
    }

    @Test
    void aPivotThatIsRefusedGoesBack() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "pivot").first(StepOutcome.failed("The pause budget was spent."));

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.journal.isPastPivot()).isFalse();
        assertThat(world.effects).isEmpty();
    }

    @Test
    void aRetryIsWrittenOncePerReason() {
        Duration soon = Duration.ofNanos(1000);
        Run run = world.run(world.step("wait", Part.BEFORE)
                .first(StepOutcome.retry("Lag is 5 MB.", soon))
                .first(StepOutcome.retry("Lag is 5 MB.", soon))
                .first(StepOutcome.retry("Lag is 2 MB.", soon)));

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.journal.lines())
                .containsExactly("wait STARTED", "wait RETRIED", "wait RETRIED", "wait SUCCEEDED");
        assertThat(world.chronicle.lines("do wait")).hasSize(4);
    }

    @Test
    void aStepThatSpendsItsTimeFailsAndSaysWhatItWaitedFor() {
        RecordedStep step = world.step("wait", Part.BEFORE).within(Duration.ofSeconds(10));
        for (int i = 0; i < 50; i++) {
            step.first(StepOutcome.retry("Lag is 5 MB.", Duration.ofNanos(1000)));
        }

        Run run = world.run(step);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("Not done within 10 s. Lag is 5 MB.");
        assertThat(world.chronicle.lines("do wait").size()).isLessThan(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"activate", "resume", "record", "clean"})
    void pastThePivotExceptionsAndUnknownOutcomesAreTriedAgain(String name) {
        List<RecordedStep> steps = world.everyKind();
        RecordedStep step = named(steps, name);
        step.first(context -> {
            throw new IllegalStateException("No answer");
        });
        step.first(new StepOutcome.Unknown("Nobody knows."));
        step.first(StepOutcome.retry("Not yet.", Duration.ofNanos(1000)));

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.chronicle.lines("do " + name)).hasSize(4);
        assertThat(world.chronicle.lines("undo")).isEmpty();
        assertThat(world.chronicle.lines()).doesNotContain("release");
    }

    @Test
    void aFailurePastThePivotWaitsForAPersonAndGoesOnFromThere() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "record").first(StepOutcome.failed("The disk is full."));

        Run blocked = world.run(steps);

        assertThat(blocked.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(blocked.endedAt()).isNull();
        assertThat(blocked.outcome()).contains("Do record. – The disk is full.").contains("continue the run");
        assertThat(world.chronicle.lines("undo")).isEmpty();

        Run run = world.takeUp(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.effects).isEqualTo(EngineWorld.everything());
        assertThat(world.chronicle.lines("do hold")).hasSize(1);
        assertThat(world.chronicle.lines("do record")).hasSize(2);
    }

    /** The journal's rows are further apart than the clock's moments were. */
    @Test
    void theHeldTimeThatWasMeasuredStaysWhenTheRunIsContinued() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "record").first(StepOutcome.failed("The disk is full."));
        world.pauseMillis = Optional.of(116L);
        assertThat(world.run(steps).status()).isEqualTo(RunStatus.BLOCKED);

        world.pauseMillis = Optional.empty();

        assertThat(world.takeUp(world.everyKind()).pauseMillis()).isEqualTo(116);
    }

    @Test
    void whatIsKeptOnFailureWaitsForAPersonAndGoesOnFromThere() {
        Run blocked = world.run(
                world.step("publish", Part.BEFORE),
                world.step("copy", Part.BEFORE).kept().first(StepOutcome.failed("A duplicate key.")));

        assertThat(blocked.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(blocked.outcome()).contains("A duplicate key.").contains("or abort it");
        assertThat(world.effects).contains("publish");

        Run run = world.takeUp(List.of(
                world.step("publish", Part.BEFORE),
                world.step("copy", Part.BEFORE).kept()));

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.chronicle.lines("do publish")).hasSize(1);
    }

    @Test
    void anAbortBeforeThePivotGoesBack() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        List<RecordedStep> steps = world.everyKind();
        named(steps, "hold").first(context -> {
            reached.countDown();
            awaitQuietly(asked);
            context.stopIfAborted();
            return StepOutcome.done("Held.");
        });

        Run run = world.begin(steps);
        reached.await();
        world.executing().abort(run.id(), "mara");
        asked.countDown();
        run = world.await();

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("Aborted by mara.");
        assertThat(world.effects).isEmpty();
    }

    @Test
    void anAbortWinsOverWhatIsKeptOnFailure() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);

        Run run = world.begin(List.of(world.step("copy", Part.BEFORE).kept().first(context -> {
            reached.countDown();
            awaitQuietly(asked);
            context.stopIfAborted();
            return StepOutcome.done("Copied.");
        })));
        reached.await();
        world.executing().abort(run.id(), "mara");
        asked.countDown();

        assertThat(world.await().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.effects).isEmpty();
    }

    @Test
    void anAbortPastThePivotIsRefusedAndChangesNothing() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        List<RecordedStep> steps = world.everyKind();
        named(steps, "activate").first(context -> {
            reached.countDown();
            awaitQuietly(asked);
            context.stopIfAborted();
            return StepOutcome.done("Active.");
        });

        Run run = world.begin(steps);
        reached.await();
        boolean accepted = world.runs.requestAbort(run.id(), "mara");
        world.executing().abort(run.id(), "mara");
        asked.countDown();

        assertThat(accepted).isFalse();
        assertThat(world.await().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void whatClientsWaitForIsUndoneFirst() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "hold").undoneFirst();
        named(steps, "pivot").first(StepOutcome.failed("No."));

        world.run(steps);

        assertThat(world.chronicle.lines("undo "))
                .containsExactly("undo hold", "undo drain", "undo fence", "undo prepare", "undo stage");
    }

    @Test
    void anUndoThatFailsIsTriedAgainAfterTheOthersHadTheirTurn() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "fence").firstUndo(new IllegalStateException("Gone")).firstUndo(new IllegalStateException("Gone"));
        named(steps, "pivot").first(StepOutcome.failed("No."));

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.effects).isEmpty();
        assertThat(world.chronicle.lines().stream()
                        .filter(line -> line.startsWith("undo ") || line.startsWith("cannot")))
                .containsExactly(
                        "undo drain",
                        "cannot undo fence",
                        "undo hold",
                        "undo prepare",
                        "undo stage",
                        "cannot undo fence",
                        "undo fence");
        assertThat(world.journal.lines().stream().filter("fence UNDO_FAILED"::equals))
                .as("one row per reason")
                .hasSize(1);
    }

    @Test
    void anUndoThatNeverSucceedsWaitsForAPersonAndGoesOnBackwards() {
        List<RecordedStep> steps = world.everyKind();
        for (int i = 0; i < 1000; i++) {
            named(steps, "fence").firstUndo(new IllegalStateException("The source is gone"));
        }
        named(steps, "pivot").first(StepOutcome.failed("No."));

        Run blocked = world.run(steps);

        assertThat(blocked.status()).isEqualTo(RunStatus.BLOCKED);
        assertThat(blocked.outcome())
                .isEqualTo("No. Going back did not complete: The source is gone. "
                        + "Remove the cause, then continue the run.");
        assertThat(world.effects).containsExactly("fence");

        world.process();
        Run run = world.takeUp(world.everyKind());

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.effects).isEmpty();
        assertThat(world.chronicle.lines("undo hold")).hasSize(1);
    }

    @Test
    void factsOutliveTheProcess() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "prepare").finding(Map.of("slot", "upshift_shop"));
        named(steps, "clean").first(StepOutcome.failed("No."));
        world.run(steps);

        world.process();
        List<RecordedStep> again = world.everyKind();
        String[] seen = {""};
        named(again, "clean").first(context -> {
            seen[0] = context.facts().get("slot");
            return StepOutcome.done("Clean.");
        });
        world.takeUp(again);

        assertThat(seen[0]).isEqualTo("upshift_shop");
    }

    @Test
    void theHeldTimeIsTakenFromTheScriptElseFromTheJournal() {
        world.pauseMillis = Optional.of(116L);
        assertThat(world.run(world.everyKind()).pauseMillis()).isEqualTo(116);

        EngineWorld restarted = new EngineWorld();
        EngineWorld counting = new EngineWorld();
        List<String> names = counting.moments();
        counting.run(counting.everyKind());
        restarted.dieAt(names.indexOf("before do activate"));
        restarted.run(restarted.everyKind());
        restarted.nobodyDies();
        restarted.process();

        Run run = restarted.takeUp(restarted.everyKind());

        assertThat(run.pauseMillis()).isNotNull().isGreaterThanOrEqualTo(1000);
    }

    @Test
    void aPageThatCannotBeToldDoesNotStopARun() {
        world.bellFails = true;

        assertThat(world.run(world.everyKind()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void anErrorLetsClientsGo() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "drain").first(context -> {
            throw new NoClassDefFoundError("Broken installation");
        });

        Run run = world.run(steps);

        assertThat(run.status()).as("taken up at the next start").isEqualTo(RunStatus.RUNNING);
        assertThat(world.chronicle.lines()).endsWith("release");
        assertThat(world.journal.has(Event.FAILED, "drain")).isFalse();

        world.process();
        assertThat(world.takeUp(world.everyKind()).status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.effects).isEmpty();
    }

    @Test
    void aProcessThatEndsOpensNoWindowAndGivesTheRunUp() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "prepare").first(context -> {
            world.executing().handOver();
            return StepOutcome.done("Prepared.");
        });

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(world.journal.lines()).doesNotContain("hold STARTED");
        assertThat(world.leases.isFree(run.id())).isTrue();

        world.process();
        assertThat(world.takeUp(world.everyKind()).status()).isEqualTo(RunStatus.ABORTED);
    }

    /** It was asked to end between the step's look at that and its PAUSE, and does not get through with it. */
    @Test
    void aProcessThatGivesUpInTheWindowLetsClientsGo() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "drain").first(context -> {
            Thread.ofVirtual().start(world.executing()::handOver);
            return awaitInterrupt();
        });

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(world.chronicle.lines()).endsWith("release");
        assertThat(world.leases.isFree(run.id())).isTrue();
        world.process();
        assertThat(world.takeUp(world.everyKind()).status()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void aWindowThatOpensWhileTheProcessEndsIsLeftTimeToClose() {
        int closed = 10;
        AtomicInteger looks = new AtomicInteger();
        List<RecordedStep> steps = world.everyKind();
        named(steps, "hold").first(context -> {
            PauseReading held = new PauseReading(0, 5000, false);
            world.pause = () -> {
                int look = looks.incrementAndGet();
                return look == 1 || look >= closed ? Optional.empty() : Optional.of(held);
            };
            Thread.ofVirtual().start(world.executing()::handOver);
            return awaitInterrupt();
        });

        world.run(steps);

        assertThat(looks).hasValueGreaterThanOrEqualTo(closed);
    }

    private static StepOutcome awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            throw new Waiting.WaitInterrupted();
        }
        return StepOutcome.failed("Nobody interrupted it.");
    }

    @Test
    void aProcessThatEndsBeginsNothing() {
        world.executing().handOver();

        assertThatExceptionOfType(RunRefused.class)
                .isThrownBy(() -> world.begin(world.everyKind()))
                .withMessage("This control plane is being stopped. Use another one, or wait for it.");

        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.effects).isEmpty();

        world.executing().begin();
        assertThat(world.run(world.everyKind()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** Clients are held: they are led to an end first. */
    @Test
    void aProcessThatEndsInTheWindowFinishesItAndThenGivesTheRunUp() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "fence").first(context -> {
            world.pause = () -> Optional.of(new PauseReading(10, 5000, false));
            Thread.ofVirtual().start(world.executing()::handOver);
            await().until(() -> world.executing().isLeaving(1));
            return StepOutcome.done("Fenced.");
        });
        named(steps, "resume").first(context -> {
            world.pause = Optional::empty;
            return StepOutcome.done("Resumed.");
        });

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(world.journal.lines()).contains("resume SUCCEEDED").doesNotContain("clean STARTED");
        assertThat(world.leases.isFree(run.id())).isTrue();
        world.process();
        assertThat(world.takeUp(world.everyKind()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** It was asked for at another control plane, which can only write it down. */
    @Test
    void anAbortThatSomebodyElseWroteDownIsHeard() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "fence").first(context -> {
            world.leases.abort("ola");
            world.keeper.renew();
            return StepOutcome.retry("Not yet.", Duration.ofHours(1));
        });

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("Aborted by ola.");
        assertThat(world.chronicle.lines()).contains("abort: Aborted by ola.").doesNotContain("do drain");
        assertThat(world.effects).isEmpty();
    }

    /** Right before the pivot's row; there is no moment at which an abort is accepted and then forgotten. */
    @Test
    void anAbortThatComesBeforeThePivotsRowPreventsIt() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "pivot").first(context -> {
            assertThat(world.runs.requestAbort(1, "ola")).isTrue();
            return StepOutcome.done("Passed.");
        });

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).isEqualTo("Aborted by ola.");
        assertThat(world.journal.isPastPivot()).isFalse();
        assertThat(world.chronicle.lines())
                .containsSubsequence(
                        "take back pivot", "release", "journal [look SUCCEEDED, pivot FAILED]", "undo drain");
        assertThat(world.effects).isEmpty();
    }

    /** Its right is gone between two steps: whatever it would do next is somebody else's by now. */
    @Test
    void anOwnerThatWasReplacedStopsBeforeTheNextStep() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "fence").first(context -> {
            world.leases.take(1);
            world.keeper.renew();
            return StepOutcome.done("Fenced.");
        });

        Run run = world.run(steps);

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(world.chronicle.lines()).doesNotContain("do drain", "release");
    }

    /** It may have sent a PAUSE when it woke, after its successor had looked for the last time. */
    @Test
    void anOwnerThatWakesAfterItsRunIsOverLooksAfterThePoolers() {
        List<RecordedStep> steps = world.everyKind();
        named(steps, "hold").first(context -> {
            endedBySomebodyElse();
            world.leases.take(1);
            world.keeper.renew();
            return StepOutcome.done("Held.");
        });

        world.run(steps);

        await().until(() -> world.chronicle.lines().contains("keep serving"));
        await().until(() -> !world.locks.isHeld());
        assertThat(world.chronicle.lines()).doesNotContain("do fence", "release");
        assertThat(world.runs.latest().status()).isEqualTo(RunStatus.ABORTED);
    }

    private void endedBySomebodyElse() {
        int epoch = world.runs.takeOver(world.runs.latest()).epoch();
        Run taken = world.runs.latest();
        world.runs.move(taken, epoch, RunStatus.RUNNING, RunStatus.ABORTING, "Taken over.", null);
        world.runs.move(taken, epoch, RunStatus.ABORTING, RunStatus.ABORTED, "Taken over.", world.clock.instant());
    }

    @Test
    void aScriptThatCannotBeBuiltFreesTheLockAndEndsTheRun() {
        world.scriptTrouble = new IllegalStateException("No configuration store of this type");

        assertThat(catchThrowable(() -> world.begin(List.of()))).hasMessage("No configuration store of this type");

        Run run = world.await();
        assertThat(run.status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.outcome()).contains("nothing was done", "No configuration store");
    }

    @Test
    void aMetadataDatabaseThatIsAwayAtTheStartFreesTheLock() {
        Run started = world.statuses.begin(MemoryRuns.PROJECT, "shop", ProcedureName.CUTOVER, "version", "mara", null);
        world.runs.refuse(2);

        assertThat(catchThrowable(() -> world.engine().execute(world.project, started, world.lock())))
                .hasMessageContaining("away");

        assertThat(world.await().status()).as("ended by the next start").isEqualTo(RunStatus.RUNNING);
        world.process();
        assertThat(world.takeUp(world.everyKind()).status()).isEqualTo(RunStatus.ABORTED);
        assertThat(world.chronicle.lines("do ")).isEmpty();
    }

    private static RecordedStep named(List<RecordedStep> steps, String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
