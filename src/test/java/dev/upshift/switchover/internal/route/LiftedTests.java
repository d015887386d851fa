package dev.upshift.switchover.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.shared.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiftedTests {

    private static final ClientSession REPORT = new ClientSession(7, "report", "psql", "10.0.0.5");

    @Test
    void whoWasEndedIsNoProblem() {
        Lifted lifted = Lifted.of("shop", Side.SOURCE, new Ended(List.of(REPORT), List.of(), List.of(), false));

        assertThat(lifted.ended()).containsExactly(REPORT);
        assertThat(lifted.problems()).isEmpty();
    }

    @Test
    void whoMayStillOnlyReadIsNamedWithItsSide() {
        Lifted lifted = Lifted.of("shop", Side.TARGET, new Ended(List.of(), List.of(REPORT), List.of(11, 12), true));

        assertThat(lifted.problems())
                .hasSize(3)
                .allMatch(problem -> problem.startsWith("shop: on the target, "))
                .anyMatch(problem ->
                        problem.contains("could not be ended") && problem.contains("report (psql) from 10.0.0.5"))
                .anyMatch(problem -> problem.contains("processes 11, 12 were connecting"))
                .anyMatch(problem -> problem.contains("sessions that our role may not see")
                        && problem.contains("pg_read_all_stats"));
    }
}
