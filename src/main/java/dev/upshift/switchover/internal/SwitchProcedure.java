package dev.upshift.switchover.internal;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.SwitchExamination;
import dev.upshift.switchover.internal.rehearsal.RehearsalChecks;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.script.SwitchScript;
import java.util.Optional;
import java.util.Set;

/** Cutover and rollback: the same procedure with the sides exchanged. */
final class SwitchProcedure implements Procedure {

    private final ProcedureName name;
    private final Side from;
    private final Set<Phase> phases;
    private final SwitchExamination examination;
    private final RehearsalChecks rehearsals;

    SwitchProcedure(
            ProcedureName name,
            Side from,
            Set<Phase> phases,
            SwitchExamination examination,
            RehearsalChecks rehearsals) {
        this.name = name;
        this.from = from;
        this.phases = phases;
        this.examination = examination;
        this.rehearsals = rehearsals;
    }

    @Override
    public ProcedureName name() {
        return name;
    }

    @Override
    public Set<Phase> phases() {
        return phases;
    }

    /** Going back must never wait for a rehearsal. */
    @Override
    public Examination examine(Project project, Ports ports) {
        try (Switch sw = new Switch(project, from, ports)) {
            return examination.examine(
                    sw, name == ProcedureName.CUTOVER ? rehearsals.of(project) : rehearsals.none(), rehearsals::last);
        }
    }

    @Override
    public void forget(Ports ports) {
        ports.servers().links().forgetProbes();
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        return new SwitchScript(new Switch(project, from, ports));
    }
}
