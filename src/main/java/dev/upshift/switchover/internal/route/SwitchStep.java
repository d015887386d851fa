package dev.upshift.switchover.internal.route;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A step of a switch: its fixed words, and the switch it belongs to. */
public abstract class SwitchStep implements Step {

    private static final Logger log = LoggerFactory.getLogger(SwitchStep.class);

    /** The switch that this step belongs to. */
    protected final Switch sw;

    private final String name;
    private final Part part;
    private final Duration deadline;

    public SwitchStep(Switch sw, String name, Part part, Duration deadline) {
        this.sw = sw;
        this.name = name;
        this.part = part;
        this.deadline = deadline;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Part part() {
        return part;
    }

    /** The step's action, as {@link Step#perform}. */
    protected abstract StepOutcome act(RunContext run);

    @Override
    public final StepOutcome perform(RunContext run) {
        try {
            return act(run);
        } catch (RuntimeException e) {
            if (part == Part.WINDOW && sw.watch().isExpired()) {
                log.debug("{} met the end of the pause budget", name, e);
                return StepOutcome.failed(sw.watch().whyExpired());
            }
            throw e;
        }
    }

    @Override
    public final Duration deadline() {
        return deadline;
    }
}
