package dev.upshift.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a run's journal.
 *
 * @param sequence from 1 within its run
 * @param step the step's name
 * @param sentence what the screen and the log say
 * @param durationMicros how long the step took, once it ended
 * @param facts what a later undo or recovery needs to know
 */
public record JournalEntry(
        int sequence,
        int epoch,
        String step,
        Plan.Part part,
        Event event,
        String sentence,
        Instant at,
        @Nullable Long durationMicros,
        Map<String, String> facts) {

    /** Whether this row is the pivot: before it a run goes back, after it only forward. */
    public boolean isPivot() {
        return part == Plan.Part.PIVOT && event == Event.SUCCEEDED;
    }

    /** What happened to the step. */
    public enum Event {
        STARTED,
        PROGRESS,
        SUCCEEDED,
        RETRIED,
        FAILED,
        UNDOING,
        UNDONE,
        UNDO_FAILED
    }
}
