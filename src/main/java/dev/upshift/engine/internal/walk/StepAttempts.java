package dev.upshift.engine.internal.walk;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.internal.lease.StaleOwner;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Performs steps: each again and again until it succeeded, failed, or spent its time. */
final class StepAttempts {

    private static final Logger log = LoggerFactory.getLogger(StepAttempts.class);

    /** How soon an abort is noticed between two attempts at a step. */
    private static final Duration ABORT_POLL = Duration.ofMillis(100);

    private final Run run;
    private final Script script;
    private final RunJournal journal;
    private final LeasedOwnership ownership;
    private final Waiting waiting;
    private final FanOut fanOut;
    private final Clock clock;
    private final Patience patience;
    private final AbortRequest abort;
    private final Departure departure;

    StepAttempts(
            WalkedRun walked, Timing timing, Clock clock, Patience patience, AbortRequest abort, Departure departure) {
        this.run = walked.run();
        this.script = walked.script();
        this.journal = walked.journal();
        this.ownership = walked.ownership();
        this.waiting = timing.waiting();
        this.fanOut = timing.fanOut();
        this.clock = clock;
        this.patience = patience;
        this.abort = abort;
        this.departure = departure;
    }

    /**
     * All of them, whatever becomes of the others: what was begun is over before anything is undone. The first to fail
     * tells why: clients are let go then, and others may fail because of that.
     */
    Optional<StepFailure> attemptTogether(List<Step> steps) {
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

    Optional<StepFailure> attempt(Step step) {
        return attempt(step, failure -> {});
    }

    /**
     * Performs one step until it succeeded, failed, or spent its time.
     *
     * @param failing told of a failure before anything is done about it
     */
    private Optional<StepFailure> attempt(Step step, Consumer<StepFailure> failing) {
        departure.at(step);
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
            return step.perform(new StepContext(run, journal, abort, step));
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
        abort.stopIfAborted();
        departure.stopIfLeaving(step);
        ownership.require();
    }

    private String again(Step step, String reason, @Nullable String lastReason, Duration after) {
        if (!reason.equals(lastReason)) {
            retried(step, reason);
        }
        waiting.until(after, ABORT_POLL, () -> abort.isMade() && !journal.isPastPivot());
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
        String reason = abort.reasonOr(failure);
        failing.accept(new StepFailure(step, reason));
        if (!journal.isPastPivot() && !step.keepsOnFailure()) {
            script.hold().release(); // clients first, then the books
        }
        journal.write(step, Event.FAILED, reason, micros(begun), Map.of());
        log.warn("{} run {}: {} failed: {}", run.slug(), run.number(), step.name(), reason);
        return new StepFailure(step, reason);
    }

    static long micros(long begun) {
        return (System.nanoTime() - begun) / 1000;
    }
}
