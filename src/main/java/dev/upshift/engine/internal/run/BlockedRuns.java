package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.project.Project;
import org.springframework.stereotype.Component;

/** Continues runs that wait for a person. */
@Component
class BlockedRuns {

    private final RunLookup lookup;
    private final RunLocks locks;
    private final Engine engine;
    private final StopSwitch stopSwitch;

    BlockedRuns(RunLookup lookup, RunLocks locks, Engine engine, StopSwitch stopSwitch) {
        this.lookup = lookup;
        this.locks = locks;
        this.engine = engine;
        this.stopSwitch = stopSwitch;
    }

    Run resume(String slug, int number) {
        return withBlocked(slug, number, (project, run, lock) -> {
            requireNotStopped(run);
            engine.takeUp(project, run, lock);
            return run;
        });
    }

    /**
     * Under an order to stop all runs this one would be aborted at its first step, and what it keeps be thrown away. One
     * that goes back, or is past the pivot, is not aborted by an order either.
     */
    private void requireNotStopped(Run run) {
        boolean decided =
                lookup.journal(run).stream().anyMatch(entry -> entry.isPivot() || entry.event() == Event.UNDOING);
        if (!decided) {
            stopSwitch.order().ifPresent(order -> {
                throw RunRefused.because(order.sentence());
            });
        }
    }

    /** Frees the lock unless the continuation has given it to the engine. */
    Run withBlocked(String slug, int number, Continuation continuation) {
        Project shown = lookup.project(slug);
        RunLock lock = locks.acquire(shown.id())
                .orElseThrow(() -> RunRefused.because("A run of this project is being executed."));
        return lock.handingOver(() -> {
            Project project = lookup.project(slug);
            Run run = lookup.existing(project, number);
            if (run.status() != RunStatus.BLOCKED) {
                throw RunRefused.because(
                        "Run %d is %s; only a blocked run can be continued.".formatted(number, run.status()));
            }
            return continuation.of(project, run, lock);
        });
    }

    /** What is done to a blocked run under its lock. */
    interface Continuation {
        Run of(Project project, Run run, RunLock lock);
    }
}
