package dev.upshift.engine.internal.run;

import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunChanged;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.internal.walk.RunExecution;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The runs that this control plane executes now, and how it gives them all up when it is about to end. */
@Component
class ExecutingRuns {

    private static final Logger log = LoggerFactory.getLogger(ExecutingRuns.class);

    /** A window that is open when the process is asked to end is given this long to close. */
    private static final Duration WINDOW_PATIENCE = Duration.ofSeconds(30);

    /** A step that is under way outside a window is given this long before it is interrupted; it can be repeated. */
    private static final Duration STEP_PATIENCE = Duration.ofMillis(300);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Map<Long, RunExecution> executing = new ConcurrentHashMap<>();
    private final Waiting waiting;
    private final ApplicationEventPublisher events;
    private volatile boolean ending;

    ExecutingRuns(Ports ports, ApplicationEventPublisher events) {
        this.waiting = ports.waiting();
        this.events = events;
    }

    /** Throws while the process is about to end. */
    void requireNotEnding() {
        if (ending) {
            throw RunRefused.because("This control plane is being stopped. Use another one, or wait for it.");
        }
    }

    /** It is about to be walked. */
    void begun(Run run, RunExecution execution) {
        executing.put(run.id(), execution);
        if (ending) { // since we looked
            execution.leave();
        }
    }

    /** Nobody walks it here any more. */
    void over(Run run) {
        executing.remove(run.id());
        events.publishEvent(new RunChanged(run.slug(), run.number()));
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
}
