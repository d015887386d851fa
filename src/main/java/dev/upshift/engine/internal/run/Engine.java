package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunChanged;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.internal.lease.FormerOwner;
import dev.upshift.engine.internal.lease.LeaseKeeper;
import dev.upshift.engine.internal.lease.LeaseTerms;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.Journal;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.record.RunRecords.Claim;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Project;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Executes runs, each on a virtual thread of its own, under the project's run lock. */
@Component
class Engine {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** A window that is open when the process is asked to end is given this long to close. */
    private static final Duration WINDOW_PATIENCE = Duration.ofSeconds(30);

    /** A step that is under way outside a window is given this long before it is interrupted; it can be repeated. */
    private static final Duration STEP_PATIENCE = Duration.ofMillis(300);

    private static final Duration POLL = Duration.ofMillis(20);

    /** How long a replaced owner tries to find out whether what it did last was left behind. */
    private static final Duration LATE_PAUSE = Duration.ofMinutes(1);

    private final Map<ProcedureName, Procedure> procedures = new EnumMap<>(ProcedureName.class);
    private final Map<Long, RunExecution> executing = new ConcurrentHashMap<>();
    private final RunRecords records;
    private final RunStatuses statuses;
    private final Journal journal;
    private final Waiting waiting;
    private final Clock clock;
    private final Retries retries;
    private final Patience patience;
    private final ApplicationEventPublisher events;
    private final LeaseKeeper keeper;
    private final LeaseTerms terms;
    private final RunLocks locks;
    private final Ports ports;
    private volatile boolean ending;

    Engine(
            List<Procedure> procedures,
            RunRecords records,
            RunStatuses statuses,
            Journal journal,
            Clock clock,
            Retries retries,
            Patience patience,
            ApplicationEventPublisher events,
            LeaseKeeper keeper,
            LeaseTerms terms,
            RunLocks locks,
            Ports ports) {
        procedures.forEach(procedure -> this.procedures.put(procedure.name(), procedure));
        this.records = records;
        this.statuses = statuses;
        this.journal = journal;
        this.clock = clock;
        this.retries = retries;
        this.patience = patience;
        this.events = events;
        this.keeper = keeper;
        this.terms = terms;
        this.locks = locks;
        this.ports = ports;
        this.waiting = ports.waiting();
    }

    Procedure procedure(ProcedureName name) {
        Procedure procedure = procedures.get(name);
        if (procedure == null) {
            throw new IllegalStateException("No implementation of " + name.word());
        }
        return procedure;
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
            if (ending) {
                throw new RunRefused(List.of("This control plane is being stopped. Use another one, or wait for it."));
            }
            long askedAt = keeper.now();
            Claim claim = records.takeOver(run);
            Opened<LeasedOwnership> owned = new Opened<>(keeper.keep(run.id(), claim.epoch(), askedAt));
            try (owned) {
                Opened<Script> opened = new Opened<>(
                        procedure(run.procedure()).script(project, run.without(), ports.ownedBy(owned.value())));
                try (opened) {
                    RunJournal memory = new RunJournal(run, claim.epoch(), journal, clock, retries, events);
                    RunExecution execution = new RunExecution(
                            run, opened.value(), memory, ports.timing(), clock, patience, owned.value());
                    RunWalk walk = new RunWalk(
                            project.id(),
                            run,
                            claim.epoch(),
                            execution,
                            statuses,
                            FormerOwner.silentFor(claim.silence(), terms));
                    if (claim.abortRequestedBy() != null) {
                        execution.requestAbort(claim.abortRequestedBy());
                    }
                    boolean backwards = back.test(execution);
                    executing.put(run.id(), execution);
                    if (ending) { // since we looked
                        execution.leave();
                    }
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
            executing.remove(run.id());
            events.publishEvent(new RunChanged(run.slug(), run.number()));
        }
        if (ownership.isLost() && script.hold().mayHavePaused()) {
            undoLatePause(walk.projectId(), run);
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

    /**
     * This control plane was asleep, and may have sent a PAUSE when it woke, before it knew that it had been replaced.
     * Whoever executes a run looks after the poolers by himself; when nobody does, what is paused is resumed, under the
     * run lock, so that no run can begin meanwhile.
     */
    private void undoLatePause(long projectId, Run run) {
        boolean done = false;
        try {
            done = waiting.until(LATE_PAUSE, Duration.ofMillis(500), () -> hasUndoneLatePause(projectId, run));
        } catch (RuntimeException e) {
            log.warn("{} run {}: the poolers could not be looked at", run.slug(), run.number(), e);
        }
        if (!done) {
            log.warn("{} run {}: other runs followed; they look after the poolers", run.slug(), run.number());
        }
    }

    private boolean hasUndoneLatePause(long projectId, Run run) {
        Optional<RunLock> lock = locks.acquire(projectId);
        lock.ifPresent(held -> {
            try (held) {
                Optional<Project> project =
                        ports.projects().bySlug(run.slug()).filter(found -> found.id() == projectId);
                if (project.isPresent() && records.active(projectId).isEmpty()) {
                    try (Script script = procedure(run.procedure()).script(project.get(), Optional.empty(), ports)) {
                        script.hold().keepServing();
                    }
                }
            }
        });
        return lock.isPresent();
    }

    /** Tells a run, if it is executed here, that its abort was asked for; one past the pivot takes no notice. */
    void abort(long runId, String by) {
        RunExecution execution = executing.get(runId);
        if (execution != null) {
            execution.requestAbort(by);
        }
    }

    /** Whether a run that is executed here was asked to be given up. */
    boolean isLeaving(long runId) {
        RunExecution execution = executing.get(runId);
        return execution != null && execution.isLeaving();
    }

    boolean isExecuting(long runId) {
        return executing.containsKey(runId);
    }

    Optional<PauseReading> pause(long runId) {
        RunExecution execution = executing.get(runId);
        return execution == null ? Optional.empty() : execution.script().hold().pause();
    }

    List<JournalEntry> journal(long runId) {
        return journal.of(runId);
    }

    /** Runs can be begun, also after {@link #handOver}: a process may be asked to go on after all. */
    void begin() {
        ending = false;
    }

    /**
     * The process is about to end: begins nothing any more, lets a window that is open close, and gives all runs up where
     * no client is held, so that another control plane goes on with them at once.
     */
    void handOver() {
        ending = true;
        executing.values().forEach(RunExecution::leave);
        boolean calm = awaitCalm(WINDOW_PATIENCE);
        if (!waiting.until(STEP_PATIENCE, POLL, executing::isEmpty)) {
            // a step that had looked before it was told to leave may have begun to hold clients since
            if (!calm || !awaitCalm(WINDOW_PATIENCE)) {
                log.error("A run still holds clients while the control plane ends; see docs/operations/cutover.md");
            }
            executing.values().forEach(RunExecution::interrupt);
            waiting.until(STEP_PATIENCE.multipliedBy(5), POLL, executing::isEmpty);
        }
    }

    private boolean awaitCalm(Duration patience) {
        return waiting.until(patience, POLL, () -> executing.values().stream().noneMatch(RunExecution::mayHoldClients));
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
