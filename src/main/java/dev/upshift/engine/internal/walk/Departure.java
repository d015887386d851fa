package dev.upshift.engine.internal.walk;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.shared.Waiting;
import org.jspecify.annotations.Nullable;

/** How the owner of a run leaves it, when its process is about to end: where no client is held. */
final class Departure {

    private final Script script;
    private final RunJournal journal;
    private volatile @Nullable Step current;
    private volatile boolean leaving;
    private volatile @Nullable Thread thread;

    Departure(Script script, RunJournal journal) {
        this.script = script;
        this.journal = journal;
    }

    /** This step is done, or undone, from now on. */
    void at(Step step) {
        current = step;
    }

    /** @param walking does all the work */
    void walkedBy(Thread walking) {
        thread = walking;
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

    private static boolean isUrgent(Step step) {
        return step.part() == Part.PIVOT || step.part() == Part.COMPLETION;
    }

    void stopIfLeaving(Step step) {
        if (leaving && !isUrgent(step) && script.hold().pause().isEmpty()) {
            throw new Waiting.WaitInterrupted();
        }
    }

    void stopIfLeavingUndo(Step step) {
        if (leaving && !step.isUndoneFirst()) {
            throw new Waiting.WaitInterrupted();
        }
    }
}
