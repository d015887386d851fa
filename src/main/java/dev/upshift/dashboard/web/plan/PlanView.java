package dev.upshift.dashboard.web.plan;

import dev.upshift.dashboard.web.procedure.Chapter;
import dev.upshift.dashboard.web.procedure.RehearsalView;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.engine.Plan;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plan as its page shows it.
 *
 * @param guards those that block first
 * @param lastPauseMillis how long clients were held by the last switch of this project; null when there was none
 * @param rehearsed null when the switch was never rehearsed
 */
public record PlanView(
        Plan plan,
        List<Chapter<PlannedStep>> chapters,
        List<GuardResult> guards,
        int blocking,
        Duration budget,
        @Nullable Long lastPauseMillis,
        @Nullable RehearsalView rehearsed) {

    static PlanView of(Plan plan, Situation situation) {
        return new PlanView(
                plan,
                Chapter.of(plan.steps(), PlannedStep::part, plan.procedure().holdsClients()),
                plan.guards().stream()
                        .sorted(Comparator.comparing(GuardResult::allowed))
                        .toList(),
                plan.blockedReasons().size(),
                situation.project().settings().pauseBudget(),
                situation.runs().stream()
                        .filter(run -> run.procedure().isSwitch())
                        .map(Run::pauseMillis)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                RehearsalView.of(plan.rehearsed()));
    }

    /** Whether it is known what the steps would tell servers and poolers. */
    public boolean isRecorded() {
        return plan.steps().stream().anyMatch(step -> !step.actions().isEmpty());
    }

    /** What is to be typed. */
    public String confirmation(String slug) {
        LeftOut leftOut = plan.leftOut();
        return leftOut == null ? plan.procedure().confirmation(slug) : leftOut.confirmation();
    }

    public ProcedureName procedure() {
        return plan.procedure();
    }
}
