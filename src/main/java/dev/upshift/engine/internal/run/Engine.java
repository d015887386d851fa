package dev.upshift.engine.internal.run;

import dev.upshift.engine.Run;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.RunRecords.Claim;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.engine.internal.run.TakeOvers.TakeOver;
import dev.upshift.engine.internal.walk.RunExecution;
import dev.upshift.engine.internal.walk.RunWalk;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Project;
import dev.upshift.shared.Waiting;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Executes runs, each on a virtual thread of its own, under the project's run lock. */
@Component
class Engine {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private final KnownProcedures procedures;
    private final TakeOvers takeOvers;
    private final Executions executions;
    private final ExecutingRuns executing;
    private final RunStatuses statuses;
    private final LatePause latePause;

    Engine(
            KnownProcedures procedures,
            TakeOvers takeOvers,
            Executions executions,
            ExecutingRuns executing,
            RunStatuses statuses,
            LatePause latePause) {
        this.procedures = procedures;
        this.takeOvers = takeOvers;
        this.executions = executions;
        this.executing = executing;
        this.statuses = statuses;
        this.latePause = latePause;
    }

    /**
     * Executes a run that was just started, on a thread of its own; frees the lock in the end, or at once when this
     * throws. Then the run is aborted, and nothing was done.
     */
    void execute(Project project, Run run, RunLock lock) {
        try {
            owning(project, run, lock, _ -> false);
        } catch (RuntimeException e) {
            statuses.neverBegan(project.id(), run, Reasons.of(e));
            throw e;
        }
    }

    /**
     * Goes on with a run that an earlier owner left or that was blocked: back or forward, as its record and its journal
     * say. Frees the lock in the end, or at once when this throws. Then the run is as it was.
     */
    void takeUp(Project project, Run run, RunLock lock) {
        owning(project, run, lock, execution -> execution.goesBack(run.status()));
    }

    private void owning(Project project, Run run, RunLock lock, Predicate<RunExecution> back) {
        Opened<RunLock> locked = new Opened<>(lock);
        try (locked) {
            executing.requireNotEnding();
            TakeOver taken = takeOvers.of(run);
            Claim claim = taken.claim();
            Opened<LeasedOwnership> owned = new Opened<>(taken.ownership());
            try (owned) {
                Opened<Script> opened = new Opened<>(procedures.script(project, run, owned.value()));
                try (opened) {
                    RunExecution execution = executions.of(run, taken, opened.value());
                    RunWalk walk =
                            new RunWalk(project.id(), run, claim.epoch(), execution, statuses, taken.formerOwner());
                    if (claim.abortRequestedBy() != null) {
                        execution.requestAbort(claim.abortRequestedBy());
                    }
                    boolean backwards = back.test(execution);
                    executing.begun(run, execution);
                    Thread thread = Thread.ofVirtual()
                            .name("run-" + run.slug() + "-" + run.number())
                            .unstarted(() -> walk(walk, backwards, opened.value(), owned.value(), lock));
                    execution.walkedBy(thread);
                    thread.start();
                    opened.keep();
                }
                owned.keep();
            }
            locked.keep();
        }
    }

    private void walk(RunWalk walk, boolean back, Script script, LeasedOwnership ownership, RunLock lock) {
        Run run = walk.run();
        try (lock;
                ownership;
                script) {
            try {
                if (walk.epoch() > 1) {
                    script.hold().replaceFormerOwner();
                }
                walk.walk(back);
            } finally {
                boolean _ = Thread.interrupted(); // what follows has to be done
            }
        } catch (Throwable e) {
            tell(run, ownership, e);
        } finally {
            executing.over(run);
        }
        if (ownership.isLost() && script.hold().mayHavePaused()) {
            latePause.undo(walk.projectId(), run);
        }
    }

    private void tell(Run run, LeasedOwnership ownership, Throwable e) {
        if (e instanceof StaleOwner || ownership.isLost()) {
            log.warn("{} run {} was taken over by another control plane", run.slug(), run.number(), e);
        } else if (e instanceof Waiting.WaitInterrupted) {
            log.info("{} run {} is left to another control plane, or to the next start", run.slug(), run.number());
        } else {
            log.error("{} run {} stopped without an ending; it is taken up again", run.slug(), run.number(), e);
        }
    }

    /** Something to be closed unless it was handed on. */
    private static final class Opened<T extends AutoCloseable> implements AutoCloseable {

        private final T value;
        private boolean kept;

        Opened(T value) {
            this.value = value;
        }

        T value() {
            return value;
        }

        void keep() {
            kept = true;
        }

        @Override
        public void close() {
            if (!kept) {
                try {
                    value.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
