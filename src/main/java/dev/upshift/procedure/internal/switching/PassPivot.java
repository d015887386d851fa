package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import java.time.Duration;

/** One committed journal row: before it every failure undoes, after it every failure is retried forwards. */
final class PassPivot extends SwitchStep {

    static final String EXPIRED =
            "The pause budget was spent before everything was proven; clients were let go and go on as before.";

    PassPivot(Switch sw) {
        super(sw, "pass-pivot", Part.PIVOT, Duration.ofSeconds(5));
    }

    @Override
    public String sentence() {
        return "Point of no return: from here on the run only goes forward.";
    }

    @Override
    protected StepOutcome act(RunContext run) {
        return sw.watch().passPivot()
                ? StepOutcome.done("The point of no return is passed.")
                : StepOutcome.failed(EXPIRED);
    }
}
