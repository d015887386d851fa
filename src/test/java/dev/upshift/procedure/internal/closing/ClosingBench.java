package dev.upshift.procedure.internal.closing;

import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.procedure.internal.closing.ClosingProcedure.Tools;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Projects;
import java.util.List;

/** The real procedures that end a project, over the ports of a test. */
public final class ClosingBench {

    private ClosingBench() {}

    public static List<Procedure> procedures(
            PostgresSessions sessions,
            LinkCleaning cleaning,
            HelperSchema helperSchema,
            HeldBackSchemas heldBack,
            Fence fence,
            RaisedFences fences,
            LinkRecords records,
            Projects projects) {
        ClosingProcedures closing = new ClosingProcedures();
        Tools tools = new Tools(
                sessions,
                cleaning,
                helperSchema,
                heldBack,
                fence,
                fences,
                records,
                projects,
                project -> "Both sides were never compared.");
        return List.of(closing.finish(tools), closing.abandon(tools));
    }
}
