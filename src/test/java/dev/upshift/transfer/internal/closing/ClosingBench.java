package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.project.Phase;
import java.util.EnumSet;
import java.util.List;

/** The real procedures that end a project, for the ports of a test. */
public final class ClosingBench {

    private ClosingBench() {}

    public static List<Procedure> procedures() {
        return List.of(
                new ClosingProcedure(
                        ProcedureName.FINISH,
                        EnumSet.of(Phase.CUT_OVER),
                        Phase.FINISHED,
                        project -> "Both sides were never compared."),
                new ClosingProcedure(
                        ProcedureName.ABANDON,
                        EnumSet.of(Phase.DRAFT, Phase.SCHEMA_COPIED, Phase.REPLICATING, Phase.ROLLED_BACK),
                        Phase.ABANDONED,
                        project -> "Both sides were never compared."));
    }
}
