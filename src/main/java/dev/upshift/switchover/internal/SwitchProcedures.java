package dev.upshift.switchover.internal;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.project.Phase;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.SwitchExamination;
import dev.upshift.switchover.internal.rehearsal.RehearsalChecks;
import java.util.EnumSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two directions of a switch. */
@Configuration
class SwitchProcedures {

    @Bean
    Procedure cutover(SwitchExamination examination, RehearsalChecks rehearsals) {
        return new SwitchProcedure(
                ProcedureName.CUTOVER,
                Side.SOURCE,
                EnumSet.of(Phase.REPLICATING, Phase.ROLLED_BACK),
                examination,
                rehearsals);
    }

    @Bean
    Procedure rollback(SwitchExamination examination, RehearsalChecks rehearsals) {
        return new SwitchProcedure(
                ProcedureName.ROLLBACK, Side.TARGET, EnumSet.of(Phase.CUT_OVER), examination, rehearsals);
    }
}
