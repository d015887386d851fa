package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.SwitchExamination;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The rehearsal of the switch that the project would make next: away from the side that serves. */
@Component
final class RehearsalProcedure implements Procedure {

    private final SwitchExamination examination;
    private final RehearsalChecks rehearsals;
    private final Monitoring monitoring;
    private final Clock clock;

    RehearsalProcedure(SwitchExamination examination, RehearsalChecks rehearsals, Monitoring monitoring, Clock clock) {
        this.examination = examination;
        this.rehearsals = rehearsals;
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
    public Examination examine(Project project, Ports ports) {
        try (Switch sw = open(project, ports)) {
            return examination.examine(sw, rehearsals.none(), rehearsals::last);
        }
    }

    @Override
    public void forget(Ports ports) {
        ports.servers().links().forgetProbes();
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        return new RehearsalScript(open(project, ports), monitoring, clock);
    }

    private static Switch open(Project project, Ports ports) {
        return new Switch(project, project.servingSide(), ports);
    }
}
