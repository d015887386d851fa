package dev.upshift.dashboard.web;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.monitoring.ReplicationSnapshot.Health;

/** A state as pages show it: colour, icon and word. */
public record Mark(Tone tone, String word) {

    public static Mark of(Health health) {
        return switch (health) {
            case HEALTHY -> new Mark(Tone.GOOD, "healthy");
            case IDLE -> new Mark(Tone.IDLE, "not begun yet");
            case UNKNOWN -> new Mark(Tone.WARNING, "not known");
            case WARNING -> new Mark(Tone.WARNING, "needs a look");
            case CRITICAL -> new Mark(Tone.BAD, "critical");
        };
    }

    /** A comparison that ended early, or found something, has changed nothing that could be undone. */
    public static Mark of(Run run) {
        return run.procedure() == ProcedureName.VERIFY && run.status() == RunStatus.ABORTED
                ? new Mark(Tone.BAD, "not proven equal")
                : of(run.status());
    }

    private static Mark of(RunStatus status) {
        return switch (status) {
            case RUNNING -> new Mark(Tone.BUSY, "running");
            case SUCCEEDED -> new Mark(Tone.GOOD, "succeeded");
            case ABORTING -> new Mark(Tone.WARNING, "going back");
            case ABORTED -> new Mark(Tone.WARNING, "aborted, undone");
            case BLOCKED -> new Mark(Tone.BAD, "needs a person");
        };
    }
}
