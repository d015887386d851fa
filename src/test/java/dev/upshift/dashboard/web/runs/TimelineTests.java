package dev.upshift.dashboard.web.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upshift.dashboard.web.runs.StepLine.State;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTests {

    private static final Instant BEGAN = Instant.parse("2026-11-21T10:40:45Z");

    private final List<JournalEntry> journal = new ArrayList<>();

    @Test
    void aStepIsOneLineWhateverHappensInIt() {
        entry("fence", Event.STARTED, "Fence the source.", null);
        entry("fence", Event.RETRIED, "Too many clients.", null);
        entry("fence", Event.SUCCEEDED, "The source is fenced.", 11_900L);

        assertThat(Timeline.of(journal, true)).singleElement().satisfies(line -> {
            assertThat(line.sentence()).isEqualTo("The source is fenced.");
            assertThat(line.state()).isEqualTo(State.DONE);
            assertThat(line.micros()).isEqualTo(11_900);
            assertThat(line.at()).isEqualTo(BEGAN);
            assertThat(line.notes()).containsExactly("Too many clients.");
        });
    }

    @Test
    void aFailedStepKeepsSayingWhatItWasToDo() {
        entry("pause", Event.STARTED, "PAUSE shop.", null);
        entry("pause", Event.FAILED, "Two transactions were open.", 5_000_000L);

        assertThat(Timeline.of(journal, true)).singleElement().satisfies(line -> {
            assertThat(line.sentence()).isEqualTo("PAUSE shop.");
            assertThat(line.failure()).isEqualTo("Two transactions were open.");
            assertThat(line.state()).isEqualTo(State.FAILED);
        });
    }

    @Test
    void undoingIsALineOfItsOwn() {
        entry("slot", Event.STARTED, "Create the slot.", null);
        entry("slot", Event.SUCCEEDED, "The slot exists.", 90_000L);
        entry("slot", Event.UNDOING, "Undo: Create the slot.", null);
        entry("slot", Event.UNDO_FAILED, "The target does not answer.", 1_000_000L);

        assertThat(Timeline.of(journal, false))
                .extracting(StepLine::state, StepLine::isUndo)
                .containsExactly(tuple(State.DONE, false), tuple(State.UNDO_FAILED, true));
    }

    @Test
    void onlyTheLastNotesAreShown() {
        entry("copy", Event.STARTED, "Copy the tables.", null);
        IntStream.range(0, 40).forEach(i -> entry("copy", Event.PROGRESS, i + " tables are ready.", null));

        assertThat(Timeline.of(journal, false)).singleElement().satisfies(line -> {
            assertThat(line.notes()).hasSize(5).endsWith("39 tables are ready.");
            assertThat(line.earlierNotes()).isEqualTo(35);
            assertThat(line.state()).isEqualTo(State.GOING_ON);
            assertThat(line.sentence()).isEqualTo("Copy the tables.");
        });
    }

    @Test
    void nothingGoesOnInARunThatIsOver() {
        entry("copy", Event.STARTED, "Copy the tables.", null);

        assertThat(Timeline.of(journal, true)).extracting(StepLine::state).containsExactly(State.LEFT);
    }

    private void entry(String step, Event event, String sentence, Long micros) {
        journal.add(new JournalEntry(
                journal.size() + 1,
                1,
                step,
                Part.WINDOW,
                event,
                sentence,
                BEGAN.plusMillis(journal.size()),
                micros,
                Map.of()));
    }
}
