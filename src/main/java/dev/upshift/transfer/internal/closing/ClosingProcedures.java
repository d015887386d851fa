package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.ProcedureName;
import dev.upshift.project.Phase;
import dev.upshift.shared.Side;
import dev.upshift.transfer.KnownEquality;
import java.util.EnumSet;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two ways to end a project. */
@Configuration
class ClosingProcedures {

    /** @param equality says how equal both sides are known to be */
    @Bean
    ClosingProcedure finish(KnownEquality equality) {
        return new ClosingProcedure(
                ProcedureName.FINISH,
                EnumSet.of(Phase.CUT_OVER),
                Phase.FINISHED,
                List.of(new SideToClean(Side.SOURCE), new SideToClean(Side.TARGET), new SidesCompared(equality)));
    }

    @Bean
    ClosingProcedure abandon() {
        return new ClosingProcedure(
                ProcedureName.ABANDON,
                EnumSet.of(Phase.DRAFT, Phase.SCHEMA_COPIED, Phase.REPLICATING, Phase.ROLLED_BACK),
                Phase.ABANDONED,
                List.of(new SideToClean(Side.SOURCE), new SideToClean(Side.TARGET)));
    }
}
