package dev.upshift.engine.internal.walk;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.Ending;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.shared.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's way back: its steps undone. */
final class Undoing {

    private static final Logger log = LoggerFactory.getLogger(Undoing.class);

    private final Run run;
    private final Script script;
    private final RunJournal journal;
    private final LeasedOwnership ownership;
    private final Waiting waiting;
    private final Patience patience;
    private final AbortRequest abort;
    private final Departure departure;

    Undoing(WalkedRun walked, Waiting waiting, Patience patience, AbortRequest abort, Departure departure) {
        this.run = walked.run();
        this.script = walked.script();
        this.journal = walked.journal();
        this.ownership = walked.ownership();
        this.waiting = waiting;
        this.patience = patience;
        this.abort = abort;
        this.departure = departure;
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
        departure.at(step);
        long begun = System.nanoTime();
        try {
            departure.stopIfLeavingUndo(step);
            ownership.require();
            if (!left.containsKey(step.name())) {
                journal.write(step, Event.UNDOING, "Undo: " + step.sentence(), null, Map.of());
            }
            step.undo(new StepContext(run, journal, abort, step));
            journal.write(step, Event.UNDONE, "Undone: " + step.sentence(), StepAttempts.micros(begun), Map.of());
            left.remove(step.name());
            return true;
        } catch (Waiting.WaitInterrupted | StaleOwner notOursAnyMore) {
            throw notOursAnyMore;
        } catch (RuntimeException e) {
            String reason = Reasons.of(e);
            if (!reason.equals(left.put(step.name(), reason))) {
                log.warn("{} run {}: undoing {} failed, will be tried again", run.slug(), run.number(), step.name(), e);
                journal.write(step, Event.UNDO_FAILED, reason, StepAttempts.micros(begun), Map.of());
            }
            return false;
        }
    }
}
