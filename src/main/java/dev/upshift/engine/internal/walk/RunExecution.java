package dev.upshift.engine.internal.walk;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.FormerOwner;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.internal.record.Ending;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * One run being executed by this control plane: walks its steps forward, and back when one fails before the pivot.
 *
 * <p>Its memory is the journal. Starting again from the journal alone does the right thing: steps that succeeded are
 * left out on the way forward; steps that were started are undone on the way back.
 */
public final class RunExecution {

    private final Run run;
    private final Script script;
    private final RunJournal journal;
    private final LeasedOwnership ownership;
    private final Waiting waiting;
    private final AbortRequest abort;
    private final Departure departure;
    private final StepAttempts attempts;
    private final Undoing undoing;

    public RunExecution(WalkedRun walked, Timing timing, Clock clock, Patience patience) {
        this.run = walked.run();
        this.script = walked.script();
        this.journal = walked.journal();
        this.ownership = walked.ownership();
        this.waiting = timing.waiting();
        this.abort = new AbortRequest(script, journal);
        this.departure = new Departure(script, journal);
        this.attempts = new StepAttempts(walked, timing, clock, patience, abort, departure);
        this.undoing = new Undoing(walked, waiting, patience, abort, departure);
        ownership.onAbort(this::requestAbort);
        if (journal.isPastPivot()) {
            ownership.passPivot();
        }
    }

    public Script script() {
        return script;
    }

    /** Asks the run to stop; clients that are held before the pivot are let go at once, whatever the step is doing. */
    public void requestAbort(String by) {
        abort.by(by);
    }

    /** That somebody has asked for it, in a sentence. */
    Optional<String> whyAborted() {
        return abort.why();
    }

    /**
     * Where a run goes that somebody else left in this status: back before the pivot, on after it; also on where going
     * back would throw away what is kept on failure.
     */
    public boolean goesBack(RunStatus left) {
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
    public void walkedBy(Thread walking) {
        departure.walkedBy(walking);
        ownership.onLoss(walking::interrupt);
    }

    /** Ends what is under way, wherever it is. */
    public void interrupt() {
        departure.interrupt();
    }

    /** The process is about to end: the run stops where no client is held, and another process takes it up. */
    public void leave() {
        departure.leave();
    }

    public boolean isLeaving() {
        return departure.isLeaving();
    }

    /** Whether clients are held, or may be: then somebody has to go on. */
    public boolean mayHoldClients() {
        return departure.mayHoldClients();
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
            Optional<StepFailure> failure = open.size() < 2
                    ? open.stream().findFirst().flatMap(attempts::attempt)
                    : attempts.attemptTogether(open);
            if (failure.isPresent()) {
                return stopped(failure.get().step(), failure.get().reason());
            }
        }
        journal.settle();
        return new Ending(RunStatus.SUCCEEDED, script.success(new RunFacts(journal.facts())));
    }

    private Ending stopped(Step step, String failure) {
        if (journal.isPastPivot()) {
            journal.settle();
            return new Ending(
                    RunStatus.BLOCKED,
                    "Past the point of no return, this did not succeed: %s – %s Remove the cause, then continue the run."
                            .formatted(step.sentence(), failure));
        }
        if (step.keepsOnFailure() && !abort.isMade()) {
            return new Ending(
                    RunStatus.BLOCKED,
                    "This did not succeed: %s – %s Remove the cause and continue the run, or abort it."
                            .formatted(step.sentence(), failure));
        }
        script.hold().release();
        return new Ending(RunStatus.ABORTING, failure);
    }

    /**
     * Undoes every started step, last first. One that fails is tried again after the others had their turn.
     *
     * @return ABORTED, or BLOCKED with what is left
     */
    Ending back(String reason) {
        return undoing.back(reason);
    }
}
