package dev.upshift.switchover.internal.window;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.project.Project;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;

/** Writes down who serves. */
public final class RecordServingSide extends SwitchStep {

    public RecordServingSide(Switch sw) {
        super(sw, "record-serving-side", Part.AFTER, Duration.ofMinutes(5));
    }

    @Override
    public String sentence() {
        return "Record that the %s serves.".formatted(sw.to().word());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        sw.databases().forEach(database -> sw.fence().forget(sw.to(), database));
        sw.poolers().unstage();
        Project now = sw.ports().projects().get(sw.project().slug());
        if (now.phase() != sw.phaseAfter()) {
            sw.ports().projects().transition(now.slug(), sw.phaseAfter(), sw.to());
        }
        return StepOutcome.done("The " + sw.to().word() + " serves.");
    }
}
