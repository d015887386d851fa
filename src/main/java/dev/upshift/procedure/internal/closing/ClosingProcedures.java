package dev.upshift.procedure.internal.closing;

import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Phase;
import java.util.EnumSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two ways to end a project. */
@Configuration
class ClosingProcedures {

    @Bean
    Procedure finish(LastComparison comparison) {
        return new ClosingProcedure(ProcedureName.FINISH, EnumSet.of(Phase.CUT_OVER), Phase.FINISHED, comparison::told);
    }

    @Bean
    Procedure abandon(LastComparison comparison) {
        return new ClosingProcedure(
                ProcedureName.ABANDON,
                EnumSet.of(Phase.DRAFT, Phase.SCHEMA_COPIED, Phase.REPLICATING, Phase.ROLLED_BACK),
                Phase.ABANDONED,
                comparison::told);
    }
}
