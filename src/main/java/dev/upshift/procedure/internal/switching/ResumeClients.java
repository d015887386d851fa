package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
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
