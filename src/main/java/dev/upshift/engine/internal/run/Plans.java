package dev.upshift.engine.internal.run;

import dev.upshift.engine.Plan;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.internal.plan.PlanDrawing;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.project.Project;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** What could be done to a project now. */
@Component
class Plans {

    private final KnownProcedures procedures;
    private final RunRecords records;
    private final PlanDrawing drawing;

    Plans(KnownProcedures procedures, RunRecords records, PlanDrawing drawing) {
        this.procedures = procedures;
        this.records = records;
        this.drawing = drawing;
    }

    Plan plan(Project project, ProcedureName name) {
        return drawing.plan(project, procedures.procedure(name), isBusy(project));
    }

    /** Servers are asked anew also what earlier plans have remembered. */
    Plan anew(Project project, ProcedureName name) {
        Procedure procedure = procedures.procedure(name);
        drawing.forget(procedure);
        return drawing.plan(project, procedure, isBusy(project));
    }

    List<Available> available(Project project) {
        boolean busy = isBusy(project);
        return Arrays.stream(ProcedureName.values())
                .map(procedures::procedure)
                .map(procedure -> {
                    if (!procedure.phases().contains(project.phase())) {
                        return new Available(procedure.name(), PlanDrawing.whyNot(project, procedure));
                    }
                    return new Available(procedure.name(), busy ? "Another run of this project is not over." : null);
                })
                .toList();
    }

    /** Whether a run of the project is not over. */
    boolean isBusy(Project project) {
        return records.active(project.id()).isPresent();
    }
}
