package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.JournalEntry;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.Procedures.PauseReading;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunChanged;
import dev.upshift.procedure.RunEnded;
import dev.upshift.procedure.RunStatus;
import dev.upshift.procedure.internal.engine.RunExecution.Ending;
import dev.upshift.procedure.internal.engine.RunLocks.RunLock;
import dev.upshift.project.Project;
import dev.upshift.shared.Waiting;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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
    private final Journal journal;
    private final Waiting waiting;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Engine(
            List<Procedure> procedures,
            RunRecords records,
            Journal journal,
            Waiting waiting,
            Clock clock,
            ApplicationEventPublisher events) {
        procedures.forEach(procedure -> this.procedures.put(procedure.name(), procedure));
        this.records = records;
        this.journal = journal;
        this.waiting = waiting;
        this.clock = clock;
        this.events = events;
    }

    Procedure procedure(ProcedureName name) {
        Procedure procedure = procedures.get(name);
        if (procedure == null) {
            throw new IllegalStateException("No implementation of " + name.word());
        }
        return procedure;
    }

    /** Executes a fresh run, or one that an earlier owner left, on a thread of its own; frees the lock in the end. */
    void execute(Project project, Run run, RunLock lock) {
        int epoch = records.takeOver(run.id());
        Script script = procedure(run.procedure()).script(project);
        RunJournal memory = new RunJournal(run, epoch, journal, clock, waiting, events);
        RunExecution execution = new RunExecution(run, script, memory, waiting, clock);
        boolean back = goesBack(run, script, memory);
        executing.put(run.id(), execution);
        Thread.ofVirtual().name("run-" + run.slug() + "-" + run.number()).start(() -> {
            try (lock;
                    script) {
                walk(project, run, epoch, execution, back);
            } catch (RuntimeException e) {
                log.error(
                        "{} run {} stopped without an ending; it is taken up again at the next start",
                        run.slug(),
                        run.number(),
                        e);
            } finally {
                executing.remove(run.id());
                events.publishEvent(new RunChanged(run.slug(), run.number()));
            }
        });
    }

    /** Where a run goes from what its record and journal say. */
    private static boolean goesBack(Run run, Script script, RunJournal memory) {
        return switch (run.status()) {
            case ABORTING -> true;
            case BLOCKED -> memory.isGoingBack();
            case RUNNING -> run.epoch() > 0 && !memory.isPastPivot() && !stoodAtKeptStep(script, memory);
            case PLANNED, SUCCEEDED, ABORTED -> false;
        };
    }

    private static boolean stoodAtKeptStep(Script script, RunJournal memory) {
        return script.steps().stream()
                .filter(step -> memory.hasStarted(step) && !memory.hasSucceeded(step))
                .anyMatch(Step::keepsOnFailure);
    }

    private void walk(Project project, Run run, int epoch, RunExecution execution, boolean back) {
        RunStatus status = move(run, epoch, run.status(), back ? RunStatus.ABORTING : RunStatus.RUNNING, run.outcome());
        Ending ending;
        if (back) {
            ending = execution.back(run.outcome() == null ? "The control plane ended during the run." : run.outcome());
        } else {
            ending = execution.forward();
            if (ending.status() == RunStatus.ABORTING) {
                status = move(run, epoch, status, RunStatus.ABORTING, ending.outcome());
                ending = execution.back(ending.outcome());
            }
        }
        records.keep(
                run.id(),
                execution.script().evidence(),
                execution.script().pauseMillis().orElse(null));
        Instant endedAt = ending.status().isOver() ? clock.instant() : null;
        records.move(run, epoch, status, ending.status(), ending.outcome(), endedAt);
        log.info(
                "{} run {} ({}): {} – {}",
                run.slug(),
                run.number(),
                run.procedure().word(),
                ending.status(),
                ending.outcome());
        events.publishEvent(new RunEnded(
                project.id(), run.slug(), run.number(), run.procedure(), ending.status(), ending.outcome()));
    }

    private RunStatus move(Run run, int epoch, RunStatus from, RunStatus to, @Nullable String outcome) {
        if (from != to) {
            records.move(run, epoch, from, to, outcome, null);
        }
        return to;
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
