package dev.upshift.engine.internal.plan;

import dev.upshift.engine.EngineGuard;
import dev.upshift.engine.Plan;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.internal.plan.Planner.Recording;
import dev.upshift.engine.procedure.PlanVersion;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.FanOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Puts a plan together: what speaks against it, and what would be done. Changes nothing. */
@Component
public final class PlanDrawing {

    private final StopSwitch stopSwitch;
    private final Planner planner;
    private final Ports ports;

    public PlanDrawing(StopSwitch stopSwitch, Planner planner, Ports ports) {
        this.stopSwitch = stopSwitch;
        this.planner = planner;
        this.ports = ports;
    }

    /** @param otherRun whether a run of the project is not over */
    public Plan plan(Project project, Procedure procedure, boolean otherRun) {
        List<GuardResult> guards = new ArrayList<>();
        guards.add(phaseGuard(project, procedure));
        guards.add(stopSwitch
                .order()
                .map(order -> EngineGuard.RUNS_ALLOWED.result(false, order.sentence()))
                .orElseGet(() -> EngineGuard.RUNS_ALLOWED.result(true, "Nobody has stopped all runs.")));
        guards.add(EngineGuard.NO_OTHER_RUN.result(
                !otherRun,
                otherRun
                        ? "Another run of this project is not over, and nothing else is looked at meanwhile; wait for it, continue it or abort it."
                        : "No other run is active."));
        // What a run is just changing looks as if somebody had done it by mistake.
        Look seen = guards.getFirst().allowed() && !otherRun
                ? look(project, procedure)
                : new Look(Examination.of(List.of()), inWords(project, procedure));
        guards.addAll(seen.examination().guards());
        List<String> basis = new ArrayList<>(seen.examination().basis());
        basis.addAll(seen.recording().basis());
        return new Plan(
                procedure.name(),
                PlanVersion.of(project, procedure.name(), seen.recording().steps(), basis),
                guards.stream().allMatch(GuardResult::allowed),
                guards,
                seen.recording().steps(),
                seen.examination().differences(),
                seen.examination().rehearsed().orElse(null),
                seen.examination().leftOut().orElse(null));
    }

    /** The next plan asks servers anew also what earlier ones have remembered. */
    public void forget(Procedure procedure) {
        procedure.forget(ports);
    }

    /** Both at once: of thousands of tables each takes seconds, and neither needs the other. */
    private Look look(Project project, Procedure procedure) {
        CompletableFuture<Recording> recording = FanOut.atOnce().begin(() -> planner.record(project, procedure));
        try {
            return new Look(procedure.examine(project, ports), FanOut.answer(recording));
        } finally {
            FanOut.await(recording); // no session is left open behind an answer
        }
    }

    /** While the procedure is not possible anyway, by the phase or for a run, nobody asks any server. */
    private Recording inWords(Project project, Procedure procedure) {
        try (Script script = procedure.script(project, Optional.empty(), ports)) {
            return new Recording(script.planned(), List.of());
        }
    }

    private static GuardResult phaseGuard(Project project, Procedure procedure) {
        boolean fits = procedure.phases().contains(project.phase());
        return EngineGuard.PHASE.result(
                fits, fits ? "The project is " + words(project) + "." : whyNot(project, procedure));
    }

    /** Why a procedure is not possible in a project's present phase, in a sentence. */
    public static String whyNot(Project project, Procedure procedure) {
        return "“%s” is possible when the project is %s; it is %s."
                .formatted(
                        procedure.name().title(),
                        String.join(
                                " or ",
                                procedure.phases().stream()
                                        .sorted()
                                        .map(Phase::words)
                                        .toList()),
                        words(project));
    }

    private static String words(Project project) {
        return project.phase().words();
    }

    private record Look(Examination examination, Recording recording) {}
}
