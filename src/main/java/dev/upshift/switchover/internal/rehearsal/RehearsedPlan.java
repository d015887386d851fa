package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.PlanVersion;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.SwitchExamination;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.script.SwitchScript;

/**
 * What a rehearsal holds for: the switch from the serving side and the version of its plan, computed as for the switch
 * itself, but without the settings that only ask for a rehearsal, because asking for one must not make the last one
 * worthless; and without what is recorded of the steps, so that no server has to be asked for it.
 */
record RehearsedPlan(ProcedureName procedure, String version) {

    /** Of a switch as its project and its poolers' configuration are at present; touches no server. */
    static RehearsedPlan of(Switch sw) {
        ProcedureName procedure = sw.from() == Side.SOURCE ? ProcedureName.CUTOVER : ProcedureName.ROLLBACK;
        Project project = sw.project().with(sw.project().settings().withoutRehearsal());
        return new RehearsedPlan(
                procedure,
                PlanVersion.of(project, procedure, new SwitchScript(sw).planned(), SwitchExamination.basis(sw)));
    }
}
