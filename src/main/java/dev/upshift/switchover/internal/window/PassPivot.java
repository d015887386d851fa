package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Fact;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.shared.FanOut;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.route.SessionList;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import dev.upshift.switchover.internal.sequence.EnteredSequences;
import dev.upshift.switchover.internal.sequence.LeftSequences;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One committed journal row: before it every failure undoes, after it every failure is retried forwards. So it is passed
 * only while every pooler still holds its clients.
 */
public final class PassPivot extends SwitchStep {

    private static final Fact<String> ENDED = Fact.text("endedAgain");

    private final RightsLook rights;
    private final EnteredSequences entered;
    private final LeftSequences sequences;

    public PassPivot(Switch sw, RightsLook rights, EnteredSequences entered, LeftSequences sequences) {
        super(sw, "pass-pivot", Part.PIVOT, Duration.ofSeconds(5));
        this.rights = rights;
        this.entered = entered;
        this.sequences = sequences;
    }

    @Override
    public String sentence() {
        return "See that nobody has written on the %s since, that nobody has taken a right away, and that the %s takes writes and nobody has set its sequences back; then the point of no return: from here on the run only goes forward."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        if (!sw.watch().isHolding()) {
            return StepOutcome.failed(sw.watch().whyExpired()); // clients were let go, and nobody ends them any more
        }
        LastLook look = new LastLook(sw, new StagedConfigurations(sw, run), rights, entered, sequences);
        CompletableFuture<List<String>> looking = sw.fanOut().begin(look::objections);
        List<String> released = released(looking);
        if (!released.isEmpty()) {
            return StepOutcome.failed(
                    "Clients of %s are not held any more, or an entry is disabled there: it was restarted, or somebody gave RESUME or DISABLE. All go on as before; what is disabled needs ENABLE."
                            .formatted(String.join(" and ", released)));
        }
        List<String> objections = FanOut.answer(looking);
        if (!objections.isEmpty()) {
            return StepOutcome.failed(String.join(" ", objections));
        }
        return sw.watch().passPivot()
                ? StepOutcome.done("The point of no return is passed.", SessionList.facts(ENDED, look.ended()))
                : StepOutcome.failed(sw.watch().whyExpired());
    }

    /** The sessions of the look are needed for going back, so it is over before this answers or fails. */
    private List<String> released(CompletableFuture<List<String>> looking) {
        try {
            return released();
        } finally {
            looking.exceptionally(failed -> List.of()).join();
        }
    }

    /** Poolers that a restart has made forget the PAUSE: their clients are with the side that is left again. */
    private List<String> released() {
        return sw.poolers().fleet().entries().entrySet().stream()
                .filter(pooler -> !pooler.getValue().stream().allMatch(entry -> entry.paused() && !entry.disabled()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
