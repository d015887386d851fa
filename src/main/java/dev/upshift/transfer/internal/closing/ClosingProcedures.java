package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.project.Phase;
import dev.upshift.transfer.KnownEquality;
import java.util.EnumSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two ways to end a project. */
@Configuration
class ClosingProcedures {

    @Bean
    Procedure finish(KnownEquality equality) {
        return new ClosingProcedure(ProcedureName.FINISH, EnumSet.of(Phase.CUT_OVER), Phase.FINISHED, equality);
    }

    @Bean
    Procedure abandon(KnownEquality equality) {
        return new ClosingProcedure(
                ProcedureName.ABANDON,
                EnumSet.of(Phase.DRAFT, Phase.SCHEMA_COPIED, Phase.REPLICATING, Phase.ROLLED_BACK),
                Phase.ABANDONED,
                equality);
    }
}
