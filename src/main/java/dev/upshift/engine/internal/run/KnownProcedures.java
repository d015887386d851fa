package dev.upshift.engine.internal.run;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.procedure.Ownership;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Project;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What this control plane can do to projects, by name. */
@Component
class KnownProcedures {

    private final Map<ProcedureName, Procedure> procedures = new EnumMap<>(ProcedureName.class);
    private final Ports ports;

    KnownProcedures(List<Procedure> procedures, Ports ports) {
        procedures.forEach(procedure -> this.procedures.put(procedure.name(), procedure));
        this.ports = ports;
    }

    Procedure procedure(ProcedureName name) {
        Procedure procedure = procedures.get(name);
        if (procedure == null) {
            throw new IllegalStateException("No implementation of " + name.word());
        }
        return procedure;
    }

    /** @param owner of the run; once it is not any more, nothing is changed by the script */
    Script script(Project project, Run run, Ownership owner) {
        return procedure(run.procedure()).script(project, run.without(), ports.ownedBy(owner));
    }
}
