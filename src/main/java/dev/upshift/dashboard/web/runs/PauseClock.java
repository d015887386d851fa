package dev.upshift.dashboard.web.runs;

import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long clients were held, or are held now.
 *
 * @param running whether they are held now
 */
public record PauseClock(long heldMillis, long budgetMillis, boolean running, boolean pastPivot) {

    /** How much of the ring is left open, of 100. */
    public long offset() {
        return Math.clamp(100 - 100 * heldMillis / Math.max(1, budgetMillis), 0, 100);
    }

    /** The style of the clock: half of the budget is a warning, all of it is bad. */
    public String style() {
        if (heldMillis > budgetMillis) {
            return "is-bad";
        }
        if (!running) {
            return "is-good";
        }
        return 2 * heldMillis >= budgetMillis ? "is-warning" : "is-busy";
    }

    /** @param reading of a run that holds clients now */
    static Optional<PauseClock> of(Run run, @Nullable PauseReading reading, long budgetMillis) {
        if (reading != null) {
            return Optional.of(new PauseClock(reading.heldMillis(), reading.budgetMillis(), true, reading.pastPivot()));
        }
        return Optional.ofNullable(run.pauseMillis()).map(held -> new PauseClock(held, budgetMillis, false, true));
    }
}
