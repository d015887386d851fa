package dev.upshift.transfer.internal.copy;

import dev.upshift.check.ProjectInspection;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.catalog.Catalog.TableFacts.Kind;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Publication, subscription, initial copy, then the held-back indexes, then statistics. */
@Component
final class Replicate implements Procedure {

    private final ReplicateChecks checks;

    Replicate(ReplicateChecks checks) {
        this.checks = checks;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.REPLICATE;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.SCHEMA_COPIED);
    }

    @Override
    public Examination examine(Project project, Ports ports) {
        try (ProjectInspection inspected = ProjectInspection.of(project, ports)) {
            return Examination.of(checks.list().guards(inspected));
        }
    }

    /**
     * The tables whose changes travel: ordinary ones and partitioned ones, not unlogged ones.
     *
     * @param partitions whether partitions are listed too; a publication names only their root
     */
    static List<TableFacts> replicated(Catalog catalog, PostgresSession session, boolean partitions) {
        return catalog.tables(session).stream()
                .filter(table -> !table.unlogged())
                .filter(table -> partitions || table.kind() != Kind.PARTITION)
                .toList();
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        return new ReplicateScript(project, ports);
    }
}
