package dev.upshift.procedure.internal.switching;

import dev.upshift.monitoring.Monitoring;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The rehearsal of the switch that the project would make next: away from the side that serves. */
@Component
final class RehearsalProcedure implements Procedure {

    private final SwitchParts parts;
    private final SwitchExamination examination;
    private final Monitoring monitoring;
    private final Clock clock;

    RehearsalProcedure(SwitchParts parts, SwitchExamination examination, Monitoring monitoring, Clock clock) {
        this.parts = parts;
        this.examination = examination;
        this.monitoring = monitoring;
        this.clock = clock;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.REHEARSE;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REPLICATING, Phase.CUT_OVER, Phase.ROLLED_BACK);
    }

    @Override
    public Examination examine(Project project) {
        try (Switch sw = open(project)) {
            return examination.examine(sw, false);
        }
    }

    @Override
    public void forget() {
        parts.links().forgetProbes();
    }

    @Override
    public Script script(Project project) {
        return new RehearsalScript(open(project), monitoring, clock);
    }

    @Override
    public Optional<Script> recording(Project project, PlanPorts ports) {
        Switch sw = new Switch(project, project.servingSide(), parts.recording(ports));
        return Optional.of(new RehearsalScript(sw, monitoring, clock));
    }

    private Switch open(Project project) {
        return new Switch(project, project.servingSide(), parts);
    }
}
