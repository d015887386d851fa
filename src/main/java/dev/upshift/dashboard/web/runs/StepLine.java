package dev.upshift.dashboard.web.runs;

import dev.upshift.dashboard.web.Mark;
import dev.upshift.dashboard.web.Tone;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan.Part;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run, or the undoing of one, as a line of its timeline.
 *
 * @param id where it is on the page
 * @param sentence what it does, or what it has done
 * @param failure why it failed; null unless it did
 * @param micros how long it took; null while it goes on
 * @param notes what happened in between, the last few
 * @param earlierNotes how many notes are left out
 * @param facts what was recorded for an undo or as evidence
 */
public record StepLine(
        String id,
        String name,
        Part part,
        String sentence,
        @Nullable String failure,
        Instant at,
        State state,
        @Nullable Long micros,
        List<String> notes,
        int earlierNotes,
        Map<String, String> facts) {

    /** Whether it tells of the undoing of a step. */
    public boolean isUndo() {
        return id.startsWith("undo-");
    }

    /** How a line stands. */
    public enum State {
        GOING_ON,
        DONE,
        FAILED,
        UNDOING,
        UNDONE,
        UNDO_FAILED,
        /** Its run ended, or was taken over by another control plane, before its end was written. */
        LEFT;

        public Mark mark() {
            return switch (this) {
                case GOING_ON -> new Mark(Tone.BUSY, "going on");
                case DONE -> new Mark(Tone.GOOD, "done");
                case FAILED -> new Mark(Tone.BAD, "failed");
                case UNDOING -> new Mark(Tone.BUSY, "being undone");
                case UNDONE -> new Mark(Tone.IDLE, "undone");
                case UNDO_FAILED -> new Mark(Tone.BAD, "not undone yet");
                case LEFT -> new Mark(Tone.IDLE, "left");
            };
        }

        static State after(JournalEntry.Event event, State before) {
            return switch (event) {
                case STARTED -> GOING_ON;
                case PROGRESS, RETRIED -> before;
                case SUCCEEDED -> DONE;
                case FAILED -> FAILED;
                case UNDOING -> UNDOING;
                case UNDONE -> UNDONE;
                case UNDO_FAILED -> UNDO_FAILED;
            };
        }
    }
}
