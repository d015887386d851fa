package dev.upshift.procedure.internal.planning;

import dev.upshift.pooler.PoolerRecording;
import dev.upshift.pooler.RecordingPoolers;
import dev.upshift.postgres.PostgresRecording;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.procedure.internal.engine.Planner;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Reasons;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.procedure.internal.engine.Step;
import dev.upshift.procedure.internal.engine.StepOutcome;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.shared.Waiting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets every step of a procedure perform its own action once, over ports that record. What cannot be recorded of a step
 * is said at that step, and the following ones are tried all the same.
 */
@Component
final class PlanRecorder implements Planner {

    private static final Logger log = LoggerFactory.getLogger(PlanRecorder.class);

    private final PostgresRecording servers;
    private final PoolerRecording poolers;
    private final Projects projects;

    PlanRecorder(PostgresRecording servers, PoolerRecording poolers, Projects projects) {
        this.servers = servers;
        this.poolers = poolers;
        this.projects = projects;
    }

    @Override
    public Recording record(Project project, Procedure procedure) {
        ActionBook book = new ActionBook(project);
        RecordingPorts serverPorts = servers.into(book::note);
        RecordingPoolers poolerPorts = poolers.into(book::note);
        PlanClock clock = new PlanClock();
        try (PlannedClients clients = new PlannedClients(project, serverPorts, poolerPorts.stores())) {
            PlanPorts ports = new PlanPorts(
                    serverPorts, poolerPorts, clients, new PlannedProjects(projects), new Waiting(clock, clock::leap));
            return record(procedure.recording(project, ports), book)
                    .orElseGet(() -> inWords(procedure.script(project)));
        }
    }

    private static Optional<Recording> record(Optional<Script> recording, ActionBook book) {
        if (recording.isEmpty()) {
            return Optional.empty();
        }
        try (Script script = recording.get()) {
            PlannedRun run = new PlannedRun();
            for (Step step : script.steps()) {
                book.turnTo(step);
                book.leave(gap(step, run));
            }
            return Optional.of(book.recording());
        }
    }

    private static Recording inWords(Script script) {
        try (script) {
            return new Recording(script.planned(), List.of());
        }
    }

    /** Why a step did not get to its end, in a sentence; null when it did. */
    private static @Nullable String gap(Step step, PlannedRun run) {
        try {
            return switch (step.perform(run)) {
                case StepOutcome.Succeeded(var _, var facts) -> {
                    run.facts().putAll(facts);
                    yield null;
                }
                case StepOutcome.Retry(String reason, var _) -> "Not known to the end: " + reason;
                case StepOutcome.Failed(String reason) -> "Not known to the end: " + reason;
                case StepOutcome.Unknown(String reason) -> "Not known to the end: " + reason;
            };
        } catch (RuntimeException e) {
            log.debug("Step {} cannot be recorded", step.name(), e);
            return "Not known to the end: " + Reasons.of(e);
        }
    }
}
