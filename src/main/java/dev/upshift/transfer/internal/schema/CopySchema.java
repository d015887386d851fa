package dev.upshift.transfer.internal.schema;

import dev.upshift.check.ProjectInspection;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.Step;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Roles, then the schema of every database, into the target; what slows the initial copy down is held back. */
@Component
final class CopySchema implements Procedure {

    /** The database that every cluster has, for what concerns the whole cluster. */
    static final String MAINTENANCE = "postgres";

    private final CopySchemaChecks checks;

    CopySchema(CopySchemaChecks checks) {
        this.checks = checks;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.COPY_SCHEMA;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.DRAFT);
    }

    @Override
    public Examination examine(Project project, Ports ports) {
        try (ProjectInspection inspected = ProjectInspection.of(project, ports)) {
            return Examination.of(checks.list().guards(inspected));
        }
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        CopySchemaSteps steps = new CopySchemaSteps(project, ports);
        return new Copying(steps.all(), steps::left);
    }

    /** @param left the databases that have kept what was restored there */
    private record Copying(List<Step> steps, Supplier<List<String>> left) implements Script {

        @Override
        public String success() {
            return "Roles and schema are on the target; secondary indexes and foreign keys follow once the data is there.";
        }

        @Override
        public String aborted(String reason, Predicate<Step> begun) {
            List<String> databases = left.get();
            return databases.isEmpty()
                    ? reason
                    : reason
                            + (" The schema that was restored into %s on the target stays there, with the roles that were"
                                            + " created for it, because such a database was there before and is not ours"
                                            + " to drop. Copy the schema again to go on from there; or drop the database"
                                            + " and create it again, empty.")
                                    .formatted(Names.some(databases));
        }
    }
}
