package dev.upshift.switchover.internal.rehearsal;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Undoes what the steps before it did, by their own undos, in the order in which a failed run is undone. */
final class TakeBack extends SwitchStep {

    private final List<Step> done;

    /** @param done the steps that were performed, in their order */
    TakeBack(Switch sw, List<Step> done) {
        super(sw, "take-back", Part.AFTER, Duration.ofMinutes(1));
        this.done = done.reversed().stream()
                .filter(Step::hasUndo)
                .sorted(Comparator.comparing(Step::isUndoneFirst).reversed()) // stable
                .toList();
    }

    @Override
    public String sentence() {
        return "Take everything back: slot and publication of the way back on the %s, the staged configuration of %s."
                .formatted(sw.to().word(), sw.poolersInWords());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        for (Step step : done) {
            step.undo(run);
            run.progress("Undone: " + step.sentence());
        }
        return StepOutcome.done("Everything is taken back.");
    }
}
