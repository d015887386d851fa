package dev.upshift.switchover.internal.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Rehearsal;
import dev.upshift.engine.Rehearsal.Forecast;
import dev.upshift.engine.Rehearsal.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalGuardTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:40:45Z");
    private static final Duration LIMIT = Duration.ofHours(24);

    private static List<String> objections(Duration age, boolean planChanged) {
        Rehearsal last = new Rehearsal(
                4,
                ProcedureName.CUTOVER,
                "9f3c",
                NOW.minus(age),
                116,
                List.of(),
                new Load(0, null, null, 0, 0, 0, null, 0),
                new Forecast(0, 0, 0, false));
        return RehearsalGuard.objections(LIMIT, Optional.of(new Rehearsed(last, planChanged)), NOW);
    }

    @Test
    void aFreshRehearsalOfThisPlanIsEnough() {
        assertThat(objections(LIMIT, false)).isEmpty();
    }

    @Test
    void noneIsNot() {
        assertThat(RehearsalGuard.objections(LIMIT, Optional.empty(), NOW))
                .singleElement()
                .asString()
                .contains("none has succeeded");
    }

    @Test
    void oneOfAnotherPlanIsNot() {
        assertThat(objections(Duration.ofMinutes(1), true))
                .containsExactly("The plan has changed since it was rehearsed (run 4). Rehearse it again.");
    }

    @Test
    void anOldOneIsNot() {
        assertThat(objections(Duration.ofHours(73), false))
                .containsExactly(
                        "The last rehearsal (run 4) is 3 days old; this project accepts 24 h. Rehearse again.");
        assertThat(objections(LIMIT.plusMillis(1), false))
                .singleElement()
                .asString()
                .contains("is 24 h old");
    }
}
