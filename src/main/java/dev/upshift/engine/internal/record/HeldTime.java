package dev.upshift.engine.internal.record;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long clients were held, told from the journal: from the row with which the first step of the window began, or
 * began its last attempt, to the row that ended the completion. For runs whose clock was lost with its process.
 */
public final class HeldTime {

    private @Nullable String holding;
    private @Nullable Instant begun;
    private @Nullable Instant ended;

    public void note(JournalEntry entry) {
        if (entry.part() == Part.WINDOW) {
            noteWindow(entry);
        } else if (entry.part() == Part.COMPLETION && entry.event() == Event.SUCCEEDED) {
            ended = entry.at();
        }
    }

    private void noteWindow(JournalEntry entry) {
        if (holding == null) {
            holding = entry.step();
        }
        boolean begins = entry.event() == Event.STARTED || entry.event() == Event.PROGRESS;
        if (begins && entry.step().equals(holding)) {
            begun = entry.at();
        }
    }

    /** Empty while clients have not been let go by the completion. */
    public Optional<Long> millis() {
        Instant from = begun;
        Instant to = ended;
        return from == null || to == null
                ? Optional.empty()
                : Optional.of(Duration.between(from, to).toMillis());
    }
}
