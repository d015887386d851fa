package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.FormerOwner;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.Ending;
import dev.upshift.engine.internal.record.Journal;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.engine.procedure.StepOutcome.Failed;
import dev.upshift.engine.procedure.StepOutcome.Retry;
import dev.upshift.engine.procedure.StepOutcome.Succeeded;
import dev.upshift.engine.procedure.StepOutcome.Unknown;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One run being executed by this control plane: walks its steps forward, and back when one fails before the pivot.
 *
 * <p>Its memory is the journal. Starting again from the journal alone does the right thing: steps that succeeded are
 * left out on the way forward; steps that were started are undone on the way back.
 */
final class RunExecution {

    private static final Logger log = LoggerFactory.getLogger(RunExecution.class);

    /** How the sentence of an abort begins. */
    static final String ABORTED_BY = "Aborted by ";

    /** How soon an abort is noticed between two attempts at a step. */
    private static final Duration ABORT_POLL = Duration.ofMillis(100);

    private final Run run;
    private final Script script;
    private final RunJournal journal;
    private final Waiting waiting;
    private final FanOut fanOut;
    private final Clock clock;
    private final Patience patience;
    private final LeasedOwnership ownership;

    private volatile @Nullable String abortRequest;
    private volatile @Nullable Step current;
    private volatile boolean leaving;
    private volatile @Nullable Thread thread;

    RunExecution(
            Run run,
            Script script,
            RunJournal journal,
            Timing timing,
            Clock clock,
            Patience patience,
            LeasedOwnership ownership) {
        this.run = run;
        this.script = script;
        this.journal = journal;
        this.waiting = timing.waiting();
        this.fanOut = timing.fanOut();
        this.clock = clock;
        this.patience = patience;
        this.ownership = ownership;
        ownership.onAbort(this::requestAbort);
        if (journal.isPastPivot()) {
            ownership.passPivot();
        }
    }

    Script script() {
        return script;
    }

    /** Asks the run to stop; clients that are held before the pivot are let go at once, whatever the step is doing. */
    void requestAbort(String by) {
        if (abortRequest == null) {
            abortRequest = by;
            script.hold().abort(aborted(by));
        }
    }

    /** That somebody has asked for it, in a sentence. */
    Optional<String> whyAborted() {
        return Optional.ofNullable(abortRequest).map(RunExecution::aborted);
    }

    private static String aborted(String by) {
        return ABORTED_BY + by + ".";
    }

    /**
     * Where a run goes that somebody else left in this status: back before the pivot, on after it; also on where going
     * back would throw away what is kept on failure.
     */
    boolean goesBack(RunStatus left) {
        return switch (left) {
            case ABORTING -> true;
            case BLOCKED -> journal.isGoingBack();
            case RUNNING -> !journal.isPastPivot() && !hasBegunWhatIsKept();
            case SUCCEEDED, ABORTED -> throw new IllegalStateException("The run is over: " + left);
        };
    }

    private boolean hasBegunWhatIsKept() {
        return script.steps().stream().anyMatch(step -> step.keepsOnFailure() && journal.hasStarted(step));
    }

    Optional<Long> pauseMillis() {
        return script.hold()
                .pauseMillis()
                .or(() -> Optional.ofNullable(run.pauseMillis()))
                .or(journal::heldMillis);
    }

    /** @param walking the thread that will do all the work, interrupted when the run is somebody else's */
    void walkedBy(Thread walking) {
        thread = walking;
        ownership.onLoss(walking::interrupt);
    }

    /** Ends what is under way, wherever it is. */
    void interrupt() {
        Thread walking = thread;
        if (walking != null) {
            walking.interrupt();
        }
    }

    /** The process is about to end: the run stops where no client is held, and another process takes it up. */
    void leave() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Whether clients are held, or may be: then somebody has to go on. */
    boolean mayHoldClients() {
        Step step = current;
        if (script.hold().pause().isPresent()) {
            return true;
        }
        return step != null && (isUrgent(step) || (journal.isGoingBack() && step.isUndoneFirst()));
    }

    /** After a take-over, sees to it that nothing which the former owner does late remains. */
    void outlast(FormerOwner formerOwner, Ending ending) {
        boolean clientsWereHeld =
                script.steps().stream().anyMatch(step -> step.part() == Part.WINDOW && journal.hasStarted(step));
        if (clientsWereHeld && ending.status() != RunStatus.BLOCKED) {
            formerOwner.outlast(waiting, () -> {
                ownership.require();
                script.hold().keepServing();
            });
        }
    }

    private static boolean isUrgent(Step step) {
        return step.part() == Part.PIVOT || step.part() == Part.COMPLETION;
    }

    /** Whatever ended this execution, nobody drives it any more: clients must not be held by it. */
    void abandon() {
        if (!journal.isPastPivot()) {
            script.hold().release();
        }
    }

    /** Walks forward from wherever the journal ends. ABORTING as the ending's status means: now call {@link #back}. */
    Ending forward() {
        for (List<Step> group : StepGroups.of(script.steps())) {
            List<Step> open =
                    group.stream().filter(step -> !journal.hasSucceeded(step)).toList();
            Optional<StepFailure> failure =
                    open.size() < 2 ? open.stream().findFirst().flatMap(this::attempt) : attemptTogether(open);
            if (failure.isPresent()) {
                return stopped(failure.get().step(), failure.get().reason());
            }
        }
        journal.settle();
        return new Ending(RunStatus.SUCCEEDED, script.success(new RunFacts(journal.facts())));
    }

    /**
     * All of them, whatever becomes of the others: what was begun is over before anything is undone. The first to fail
     * tells why: clients are let go then, and others may fail because of that.
     */
    private Optional<StepFailure> attemptTogether(List<Step> steps) {
        AtomicReference<@Nullable StepFailure> first = new AtomicReference<>();
        try {
            mayBegin(steps.getFirst());
            journal.begin(steps, this::beside);
        } catch (Waiting.WaitInterrupted | StaleOwner notOursAnyMore) {
            throw notOursAnyMore;
        } catch (RuntimeException refused) {
            return Optional.of(failed(steps.getFirst(), Reasons.of(refused), System.nanoTime(), failure -> {}));
        }
        fanOut.forEach(steps, step -> attempt(step, failure -> first.compareAndSet(null, failure)));
        return Optional.ofNullable(first.get());
    }

    private Ending stopped(Step step, String failure) {
        if (journal.isPastPivot()) {
            journal.settle();
            return new Ending(
                    RunStatus.BLOCKED,
                    "Past the point of no return, this did not succeed: %s – %s Remove the cause, then continue the run."
                            .formatted(step.sentence(), failure));
        }
        if (step.keepsOnFailure() && abortRequest == null) {
            return new Ending(
                    RunStatus.BLOCKED,
                    "This did not succeed: %s – %s Remove the cause and continue the run, or abort it."
                            .formatted(step.sentence(), failure));
        }
        script.hold().release();
        return new Ending(RunStatus.ABORTING, failure);
    }

    private Optional<StepFailure> attempt(Step step) {
        return attempt(step, failure -> {});
    }

    /**
     * Performs one step until it succeeded, failed, or spent its time.
     *
     * @param failing told of a failure before anything is done about it
     */
    private Optional<StepFailure> attempt(Step step, Consumer<StepFailure> failing) {
        current = step;
        long begun = System.nanoTime();
        Instant deadline = clock.instant().plus(step.deadline());
        String waitingFor = null;
        while (true) {
            StepOutcome outcome = performOnce(step, waitingFor);
            switch (outcome) {
                case Succeeded succeeded -> {
                    return succeed(step, succeeded, begun, failing);
                }
                case Failed(String reason) -> {
                    return Optional.of(failed(step, reason, begun, failing));
                }
                case Unknown(String reason)
                when !journal.isPastPivot() -> {
                    return Optional.of(failed(step, reason, begun, failing));
                }
                case Unknown(String reason) -> waitingFor = again(step, reason, waitingFor, patience.retry());
                case Retry(String reason, Duration after) -> waitingFor = again(step, reason, waitingFor, after);
            }
            if (!clock.instant().isBefore(deadline)) {
                return Optional.of(failed(
                        step, "Not done within " + step.deadline().toSeconds() + " s. " + waitingFor, begun, failing));
            }
        }
    }

    /** @param known why the attempt before this one did not succeed, which needs no second trace in the log */
    private StepOutcome performOnce(Step step, @Nullable String known) {
        try {
            mayBegin(step);
            if (step.part() != Part.PIVOT && !journal.hasStarted(step)) {
                begin(step);
            }
            return step.perform(new StepContext(this, journal, step));
        } catch (Waiting.WaitInterrupted | StaleOwner notOursAnyMore) {
            throw notOursAnyMore;
        } catch (RunContext.AbortRequested aborted) {
            return new Failed(Reasons.of(aborted));
        } catch (RuntimeException e) {
            String reason = Reasons.of(e);
            if (!reason.equals(known)) {
                log.warn("{} run {}: {} failed", run.slug(), run.number(), step.name(), e);
            }
            return journal.isPastPivot() ? new Retry(reason, patience.retry()) : new Failed(reason);
        }
    }

    private void begin(Step step) {
        if (step.leavesNothing()) {
            journal.begin(List.of(step), this::beside);
        } else {
            journal.write(step, Event.STARTED, step.sentence(), null, Map.of());
        }
    }

    /** Nobody waits for it. */
    private void beside(Runnable work) {
        var _ = fanOut.begin(() -> {
            work.run();
            return true;
        });
    }

    /** Throws unless the run is ours and goes on. */
    private void mayBegin(Step step) {
        stopIfAborted();
        stopIfLeaving(step);
        ownership.require();
    }

    private String again(Step step, String reason, @Nullable String lastReason, Duration after) {
        if (!reason.equals(lastReason)) {
            retried(step, reason);
        }
        waiting.until(after, ABORT_POLL, () -> abortRequest != null && !journal.isPastPivot());
        return reason;
    }

    /** A metadata database that does not answer must not keep clients waiting for the next attempt. */
    private void retried(Step step, String reason) {
        if (step.part() == Part.COMPLETION && !ownership.isSure()) {
            journal.defer(step, Event.RETRIED, reason, null, Map.of());
        } else {
            journal.write(step, Event.RETRIED, reason, null, Map.of());
        }
    }

    /** Empty, or why the success does not count: before the pivot nothing may be built on a row that may not be there. */
    private Optional<StepFailure> succeed(Step step, Succeeded succeeded, long begun, Consumer<StepFailure> failing) {
        if (step.part() == Part.WINDOW) {
            journal.defer(step, Event.SUCCEEDED, succeeded.sentence(), micros(begun), succeeded.facts());
        } else {
            try {
                journal.write(step, Event.SUCCEEDED, succeeded.sentence(), micros(begun), succeeded.facts());
            } catch (Journal.PivotRefused aborted) {
                script.hold().takeBackPivot();
                return Optional.of(failed(step, Reasons.of(aborted), begun, failing));
            } catch (DataAccessException unanswered) {
                String unwritten = "It was done, but the journal cannot be written: " + Reasons.of(unanswered);
                return Optional.of(failed(step, unwritten, begun, failing));
            }
        }
        if (journal.isPastPivot()) {
            ownership.passPivot();
        }
        log.info("{} run {}: {}", run.slug(), run.number(), succeeded.sentence());
        return Optional.empty();
    }

    private StepFailure failed(Step step, String failure, long begun, Consumer<StepFailure> failing) {
        String by = abortRequest;
        String reason = by == null || journal.isPastPivot() ? failure : aborted(by);
        failing.accept(new StepFailure(step, reason));
        if (!journal.isPastPivot() && !step.keepsOnFailure()) {
            script.hold().release(); // clients first, then the books
        }
        journal.write(step, Event.FAILED, reason, micros(begun), Map.of());
        log.warn("{} run {}: {} failed: {}", run.slug(), run.number(), step.name(), reason);
        return new StepFailure(step, reason);
    }

    /**
     * Undoes every started step, last first. One that fails is tried again after the others had their turn.
     *
     * @return ABORTED, or BLOCKED with what is left
     */
    Ending back(String reason) {
        script.hold().release();
        List<Step> open = new ArrayList<>(script.steps().reversed().stream()
                .filter(step -> journal.hasStarted(step) && step.hasUndo() && !journal.isUndone(step))
                .sorted(Comparator.comparing(Step::isUndoneFirst).reversed()) // a stable sort keeps the rest in order
                .toList());
        Map<String, String> left = new LinkedHashMap<>();
        boolean all = waiting.until(patience.undo(), patience.undoEvery(), () -> {
            open.removeIf(step -> undo(step, left));
            return open.isEmpty();
        });
        return all
                ? new Ending(RunStatus.ABORTED, script.aborted(reason, journal::hasStarted))
                : new Ending(
                        RunStatus.BLOCKED,
                        "%s Going back did not complete: %s Remove the cause, then continue the run."
                                .formatted(reason, String.join(" ", left.values())));
    }

    private boolean undo(Step step, Map<String, String> left) {
        current = step;
        long begun = System.nanoTime();
        try {
            if (leaving && !step.isUndoneFirst()) {
                throw new Waiting.WaitInterrupted();
            }
            ownership.require();
            if (!left.containsKey(step.name())) {
                journal.write(step, Event.UNDOING, "Undo: " + step.sentence(), null, Map.of());
            }
            step.undo(new StepContext(this, journal, step));
            journal.write(step, Event.UNDONE, "Undone: " + step.sentence(), micros(begun), Map.of());
            left.remove(step.name());
            return true;
        } catch (Waiting.WaitInterrupted | StaleOwner notOursAnyMore) {
            throw notOursAnyMore;
        } catch (RuntimeException e) {
            String reason = Reasons.of(e);
            if (!reason.equals(left.put(step.name(), reason))) {
                log.warn("{} run {}: undoing {} failed, will be tried again", run.slug(), run.number(), step.name(), e);
                journal.write(step, Event.UNDO_FAILED, reason, micros(begun), Map.of());
            }
            return false;
        }
    }

    /** As {@link RunContext#isContinued}. */
    boolean isContinued() {
        return run.status() == RunStatus.BLOCKED;
    }

    /** As {@link RunContext#stopIfAborted}. */
    void stopIfAborted() {
        String by = abortRequest;
        if (by != null && !journal.isPastPivot() && !journal.isGoingBack()) {
            throw new RunContext.AbortRequested(aborted(by));
        }
    }

    private void stopIfLeaving(Step step) {
        if (leaving && !isUrgent(step) && script.hold().pause().isEmpty()) {
            throw new Waiting.WaitInterrupted();
        }
    }

    private static long micros(long begun) {
        return (System.nanoTime() - begun) / 1000;
    }

    /** Which step ended the way forward, and why. */
    private record StepFailure(Step step, String reason) {}
}
