package dev.upshift.verification.internal.procedure;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.Checks;
import dev.upshift.check.Inspection;
import dev.upshift.check.ProjectInspection;
import dev.upshift.check.Severity;
import dev.upshift.check.replication.NotCarriedRows;
import dev.upshift.check.replication.SideReachable;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.verification.Verifications;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Compares row counts and hashes of every replicated table on both sides, behind barriers. */
@Component
final class Verify implements Procedure, Checks {

    private static final CheckList<Inspection> CHECKS = CheckList.of(List.of(
            new SideReachable(Side.SOURCE), new SideReachable(Side.TARGET), new NotCarriedRows(null, Severity.INFO)));

    private final Verifications verifications;

    Verify(Verifications verifications) {
        this.verifications = verifications;
    }

    @Override
    public ProcedureName name() {
        return ProcedureName.VERIFY;
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.REPLICATING, Phase.CUT_OVER, Phase.ROLLED_BACK);
    }

    @Override
    public Examination examine(Project project, Ports ports) {
        try (ProjectInspection inspected = ProjectInspection.of(project, ports)) {
            return Examination.of(CHECKS.guards(inspected));
        }
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        return new VerifyScript(project, verifications, ports);
    }

    @Override
    public List<? extends Check<?>> all() {
        return CHECKS.all();
    }
}
