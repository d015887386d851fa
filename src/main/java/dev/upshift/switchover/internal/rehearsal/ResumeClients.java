package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.List;

/** The end of a rehearsal's window: clients go on where they are, and the clock stops. */
final class ResumeClients extends SwitchStep {

    ResumeClients(Switch sw) {
        super(sw, "resume-clients", Part.WINDOW, Duration.ofSeconds(10));
    }

    @Override
    public String sentence() {
        return "Lift the fence on the %s and RESUME %s: clients go on where they were."
                .formatted(sw.from().word(), sw.poolersInWords());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        if (!sw.watch().isHolding()) {
            return StepOutcome.failed(sw.watch().whyExpired());
        }
        List<String> problems = sw.clients().releaseClients();
        if (!problems.isEmpty()) {
            return StepOutcome.failed(String.join(" ", problems));
        }
        return sw.watch().endInTime()
                ? StepOutcome.done("Clients go on at the %s; they were held for %d ms."
                        .formatted(sw.from().word(), sw.watch().heldMillis().orElse(0L)))
                : StepOutcome.failed(sw.watch().whyExpired());
    }
}
