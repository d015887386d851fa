package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.engine.Ports;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Procedure.Examination;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.Optional;
import java.util.Set;

/** Cutover and rollback: the same procedure with the sides exchanged. */
final class SwitchProcedure implements Procedure {

    private final ProcedureName name;
    private final Side from;
    private final Set<Phase> phases;
    private final SwitchExamination examination;

    SwitchProcedure(ProcedureName name, Side from, Set<Phase> phases, SwitchExamination examination) {
        this.name = name;
        this.from = from;
        this.phases = phases;
        this.examination = examination;
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
            return examination.examine(sw, name == ProcedureName.CUTOVER);
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
