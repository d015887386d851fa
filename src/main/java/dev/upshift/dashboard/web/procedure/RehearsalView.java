package dev.upshift.dashboard.web.procedure;

import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.Rehearsal;
import dev.upshift.engine.Rehearsal.Forecast;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal as pages show it.
 *
 * @param planChanged whether it says little about the plan as it is now
 */
public record RehearsalView(Rehearsal rehearsal, boolean planChanged, List<Row> parts) {

    /** What was done for a part of the pause. */
    public record Row(String words, long micros) {}

    /** Of the plan that it was a rehearsal of. */
    public static @Nullable RehearsalView of(@Nullable Rehearsed rehearsed) {
        return rehearsed == null ? null : of(rehearsed.last(), rehearsed.planChanged());
    }

    /** Of its own run. */
    public static RehearsalView of(Rehearsal rehearsal) {
        return of(rehearsal, false);
    }

    private static RehearsalView of(Rehearsal rehearsal, boolean planChanged) {
        return new RehearsalView(
                rehearsal,
                planChanged,
                rehearsal.parts().stream()
                        .map(part -> new Row(words(part.step()), part.micros()))
                        .toList());
    }

    private static String words(String step) {
        return switch (step) {
            case "pause-poolers" -> "PAUSE, until the last transaction ended";
            case "raise-fence" -> "Fence";
            case "drain-transactions" -> "No transaction left";
            case "await-barrier" -> "Barrier, sequences read";
            case "look-again" -> "Looked again whether all is carried";
            case "resume-clients" -> "Fence lifted, RESUME";
            default -> step;
        };
    }

    /** What the forecast rests on, in sentences. */
    public String basis() {
        Forecast forecast = rehearsal.forecast();
        return ("Usually: what was rehearsed, and %d ms for what was not (link stopped, new configuration, RELOAD), %s."
                        + " Bad luck: PAUSE meets the oldest transaction seen, and the barrier is as slow as the slowest"
                        + " seen; never more than the pause budget. It does not know of transactions that were not open"
                        + " at any look, nor of another load than that of the rehearsal.")
                .formatted(
                        forecast.restMillis(),
                        forecast.restMeasured()
                                ? "as in the last switch of this project"
                                : "an allowance until this project was switched once");
    }
}
