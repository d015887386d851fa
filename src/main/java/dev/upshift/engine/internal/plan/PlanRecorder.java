package dev.upshift.engine.internal.plan;

import dev.upshift.engine.internal.plan.Planner.Recording;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.PoolerRecording;
import dev.upshift.postgres.PostgresRecording;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.project.Project;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;
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
    private final Ports real;

    PlanRecorder(PostgresRecording servers, PoolerRecording poolers, Ports real) {
        this.servers = servers;
        this.poolers = poolers;
        this.real = real;
    }

    @Override
    public Recording record(Project project, Procedure procedure) {
        ActionBook book = new ActionBook(project);
        ServerPorts serverPorts = servers.into(book::note);
        PlanClock clock = new PlanClock();
        try (PlannedClients clients = new PlannedClients(project, serverPorts)) {
            Ports ports = new Ports(
                    serverPorts,
                    poolers.into(book::note, clients::over),
                    real.records().planned(),
                    new PlannedProjects(real.projects()),
                    new Timing(new Waiting(clock, clock::leap), FanOut.inTurn(), new IdleWatchdogs(), false),
                    Ownership.UNDISPUTED);
            try (Script script = procedure.script(project, procedure.without(project, real), ports)) {
                PlannedRun run = new PlannedRun();
                for (Step step : script.steps()) {
                    book.turnTo(step);
                    book.leave(gap(step, run));
                }
                return book.recording();
            }
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
