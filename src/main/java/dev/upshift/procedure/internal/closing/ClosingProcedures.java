package dev.upshift.procedure.internal.closing;

import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.closing.ClosingProcedure.Tools;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Phase;
import dev.upshift.project.Projects;
import java.util.EnumSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two ways to end a project. */
@Configuration
class ClosingProcedures {

    @Bean
    Tools closingTools(
            PostgresSessions sessions,
            LinkCleaning cleaning,
            HelperSchema helperSchema,
            HeldBackSchemas heldBack,
            Fence fence,
            RaisedFences fences,
            LinkRecords records,
            Projects projects,
            LastComparison comparison) {
        return new Tools(
                sessions, cleaning, helperSchema, heldBack, fence, fences, records, projects, comparison::told);
    }

    @Bean
    Procedure finish(Tools tools) {
        return new ClosingProcedure(ProcedureName.FINISH, EnumSet.of(Phase.CUT_OVER), Phase.FINISHED, tools);
    }

    @Bean
    Procedure abandon(Tools tools) {
        return new ClosingProcedure(
                ProcedureName.ABANDON,
                EnumSet.of(Phase.DRAFT, Phase.SCHEMA_COPIED, Phase.REPLICATING, Phase.ROLLED_BACK),
                Phase.ABANDONED,
                tools);
    }
}
