package dev.upshift.transfer.internal.closing;

import dev.upshift.check.CheckOutcome;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.project.Project;
import dev.upshift.transfer.KnownEquality;
import dev.upshift.transfer.KnownEquality.Known;
import java.util.List;

/** The real procedures that end a project, for the ports of a test. */
public final class ClosingBench {

    private static final KnownEquality NEVER = project -> Known.doubtful("Both sides were never compared.");

    private ClosingBench() {}

    public static List<Procedure> procedures() {
        ClosingProcedures procedures = new ClosingProcedures();
        return List.of(procedures.finish(NEVER), procedures.abandon());
    }

    /** What is seen before the upgrade is finished. */
    public static List<CheckOutcome> beforeFinish(Project project, Ports ports, KnownEquality equality) {
        return outcomes(new ClosingProcedures().finish(equality), project, ports);
    }

    static List<CheckOutcome> beforeAbandon(Project project, Ports ports) {
        return outcomes(new ClosingProcedures().abandon(), project, ports);
    }

    private static List<CheckOutcome> outcomes(ClosingProcedure procedure, Project project, Ports ports) {
        try (Closing closing = Closing.of(project, ports)) {
            return procedure.checks().ask(closing);
        }
    }
}
