package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Phase;
import dev.upshift.shared.Side;
import java.util.EnumSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two directions of a switch. */
@Configuration
class SwitchProcedures {

    @Bean
    Procedure cutover(SwitchExamination examination) {
        return new SwitchProcedure(
                ProcedureName.CUTOVER, Side.SOURCE, EnumSet.of(Phase.REPLICATING, Phase.ROLLED_BACK), examination);
    }

    @Bean
    Procedure rollback(SwitchExamination examination) {
        return new SwitchProcedure(ProcedureName.ROLLBACK, Side.TARGET, EnumSet.of(Phase.CUT_OVER), examination);
    }
}
