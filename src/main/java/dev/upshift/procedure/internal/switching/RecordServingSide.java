package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.RunContext;
import dev.upshift.procedure.internal.engine.StepOutcome;
import dev.upshift.project.Project;
import java.time.Duration;

/** Writes down who serves. */
final class RecordServingSide extends SwitchStep {

    RecordServingSide(Switch sw) {
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
