package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.Step;
import java.time.Duration;

/** A step of replicate: its fixed words, and the links that are made. */
abstract class ReplicateStep implements Step {

    static final Duration SHORTLY = Duration.ofMinutes(5);

    /** A copy of terabytes takes days; only a person ends it. */
    static final Duration COPY = Duration.ofDays(60);

    /** How soon is looked again at what takes its time. */
    static final Duration LOOK = Duration.ofMillis(500);

    protected final ForwardLinks links;

    private final String name;
    private final Duration deadline;

    ReplicateStep(ForwardLinks links, String name, Duration deadline) {
        this.links = links;
        this.name = name;
        this.deadline = deadline;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Part part() {
        return Part.BEFORE;
    }

    @Override
    public final Duration deadline() {
        return deadline;
    }

    /** A step that takes nothing back waits for a person instead of undoing the copy. */
    @Override
    public final boolean keepsOnFailure() {
        return !hasUndo();
    }
}
