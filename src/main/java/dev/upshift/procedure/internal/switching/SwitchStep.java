package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.internal.engine.Step;
import java.time.Duration;

/** A step of a switch: its fixed words, and the switch it belongs to. */
abstract class SwitchStep implements Step {

    /** The switch that this step belongs to. */
    protected final Switch sw;

    private final String name;
    private final Part part;
    private final Duration deadline;

    SwitchStep(Switch sw, String name, Part part, Duration deadline) {
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

    @Override
    public final Duration deadline() {
        return deadline;
    }
}
