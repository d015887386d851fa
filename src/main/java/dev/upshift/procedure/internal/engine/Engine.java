package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.JournalEntry;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.Procedures.PauseReading;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunChanged;
import dev.upshift.procedure.internal.engine.RunLocks.RunLock;
import dev.upshift.project.Project;
import dev.upshift.shared.Waiting;
import jakarta.annotation.PreDestroy;
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

    /** A run that is asked to end with the process is given this long to reach a safe place. */
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(30);

    private final Map<ProcedureName, Procedure> procedures = new EnumMap<>(ProcedureName.class);
    private final Map<Long, RunExecution> executing = new ConcurrentHashMap<>();
    private final RunRecords records;
    private final RunStatuses statuses;
    private final Journal journal;
    private final Waiting waiting;
    private final Clock clock;
    private final Insistence insistence;
    private final Patience patience;
    private final ApplicationEventPublisher events;

    Engine(
            List<Procedure> procedures,
            RunRecords records,
            RunStatuses statuses,
            Journal journal,
            Waiting waiting,
            Clock clock,
            Insistence insistence,
            Patience patience,
            ApplicationEventPublisher events) {
        procedures.forEach(procedure -> this.procedures.put(procedure.name(), procedure));
        this.records = records;
        this.statuses = statuses;
        this.journal = journal;
        this.waiting = waiting;
        this.clock = clock;
        this.insistence = insistence;
        this.patience = patience;
        this.events = events;
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
        boolean handedOver = false;
        try {
            int epoch = records.takeOver(run.id());
            Script script = procedure(run.procedure()).script(project);
            try {
                RunJournal memory = new RunJournal(run, epoch, journal, clock, insistence, events);
                RunExecution execution = new RunExecution(run, script, memory, waiting, clock, patience);
                RunWalk walk = new RunWalk(project.id(), run, epoch, execution, statuses);
                boolean backwards = back.test(execution);
                executing.put(run.id(), execution);
                Thread.ofVirtual()
                        .name("run-" + run.slug() + "-" + run.number())
                        .start(() -> walk(walk, backwards, script, lock));
                handedOver = true;
            } finally {
                if (!handedOver) {
                    script.close();
                }
            }
        } finally {
            if (!handedOver) {
                lock.close();
            }
        }
    }

    private void walk(RunWalk walk, boolean back, Script script, RunLock lock) {
        Run run = walk.run();
        try (lock;
                script) {
            walk.walk(back);
        } catch (Journal.StaleOwner taken) {
            log.warn("{} run {} was taken over by another control plane", run.slug(), run.number(), taken);
        } catch (Throwable e) {
            log.error(
                    "{} run {} stopped without an ending; it is taken up again at the next start",
                    run.slug(),
                    run.number(),
                    e);
        } finally {
            executing.remove(run.id());
            events.publishEvent(new RunChanged(run.slug(), run.number()));
        }
    }

    /** Asks a run of this control plane to abort; false when it is past the pivot or not executed here. */
    boolean abort(long runId, String by) {
        RunExecution execution = executing.get(runId);
        return execution != null && execution.requestAbort(by);
    }

    boolean isExecuting(long runId) {
        return executing.containsKey(runId);
    }

    Optional<PauseReading> pause(long runId) {
        RunExecution execution = executing.get(runId);
        return execution == null ? Optional.empty() : execution.script().pause();
    }

    List<JournalEntry> journal(long runId) {
        return journal.of(runId);
    }

    /** Lets a window that is open end before the process does. */
    @PreDestroy
    void awaitWindows() {
        executing.values().forEach(RunExecution::leave);
        boolean calm = waiting.until(
                SHUTDOWN_PATIENCE,
                Duration.ofMillis(50),
                () -> executing.values().stream()
                        .noneMatch(execution -> execution.script().pause().isPresent()));
        if (!calm) {
            log.error("A run still holds clients while the control plane ends; see docs/operations/cutover.md");
        }
    }
}
