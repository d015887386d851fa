package dev.upshift.switchover.internal.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckList;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Rehearsal;
import dev.upshift.engine.Rehearsal.Forecast;
import dev.upshift.engine.Rehearsal.Load;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsedSwitchTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:40:45Z");
    private static final Duration LIMIT = Duration.ofHours(24);

    @Test
    void aFreshRehearsalOfThisPlanIsEnough() {
        assertThat(look(rehearsed(LIMIT, false)))
                .isEqualTo(new GuardResult("rehearsal", true, "This plan was rehearsed, as the project asks."));
    }

    @Test
    void noneIsNot() {
        assertThat(look(Optional.empty()))
                .isEqualTo(new GuardResult(
                        "rehearsal",
                        false,
                        "This project asks for a rehearsal before a cutover, and none has succeeded. Rehearse first."));
    }

    @Test
    void oneOfAnotherPlanIsNot() {
        assertThat(look(rehearsed(Duration.ofMinutes(1), true)).reason())
                .isEqualTo("The plan has changed since it was rehearsed (run 4). Rehearse it again.");
    }

    @Test
    void anOldOneIsNot() {
        assertThat(look(rehearsed(Duration.ofHours(73), false)).reason())
                .isEqualTo("The last rehearsal (run 4) is 3 days old; this project accepts 24 h. Rehearse again.");
        assertThat(look(rehearsed(LIMIT.plusMillis(1), false)))
                .matches(result -> !result.allowed() && result.reason().contains("is 24 h old"));
    }

    private static GuardResult look(Optional<Rehearsed> rehearsed) {
        RehearsedSwitch check = new RehearsedSwitch(asked -> rehearsed, Clock.fixed(NOW, ZoneOffset.UTC));
        try (Switch sw = new Switch(ExampleProjects.shop(), Side.SOURCE, ExamplePorts.of())) {
            return CheckList.<Switch>of(List.of(check)).guards(sw).getFirst();
        }
    }

    private static Optional<Rehearsed> rehearsed(Duration age, boolean planChanged) {
        Rehearsal last = new Rehearsal(
                4,
                ProcedureName.CUTOVER,
                "9f3c",
                NOW.minus(age),
                116,
                List.of(),
                new Load(0, null, null, 0, 0, 0, null, 0),
                new Forecast(0, 0, 0, false));
        return Optional.of(new Rehearsed(last, planChanged));
    }
}
