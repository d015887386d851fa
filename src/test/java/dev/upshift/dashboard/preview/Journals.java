package dev.upshift.dashboard.preview;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Plan.PlannedStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a run's journal line by line. */
final class Journals {

    private final List<JournalEntry> entries = new ArrayList<>();
    private Instant at;

    Journals(Instant from) {
        at = from;
    }

    Journals done(PlannedStep step, long micros) {
        return done(step, micros, Map.of());
    }

    Journals done(PlannedStep step, long micros, Map<String, String> facts) {
        add(step.name(), step.part(), Event.STARTED, step.sentence(), null, facts);
        at = at.plus(Duration.ofNanos(micros * 1000));
        return add(step.name(), step.part(), Event.SUCCEEDED, step.sentence(), micros, Map.of());
    }

    Journals started(PlannedStep step) {
        return add(step.name(), step.part(), Event.STARTED, step.sentence(), null, Map.of());
    }

    Journals progress(PlannedStep step, String sentence) {
        return add(step.name(), step.part(), Event.PROGRESS, sentence, null, Map.of());
    }

    Journals failed(PlannedStep step, String reason) {
        started(step);
        at = at.plusMillis(900);
        return add(step.name(), step.part(), Event.FAILED, reason, 900_000L, Map.of());
    }

    Journals undone(PlannedStep step) {
        add(step.name(), step.part(), Event.UNDOING, "Undo: " + step.sentence(), null, Map.of());
        at = at.plusMillis(12);
        return add(step.name(), step.part(), Event.UNDONE, "Undone: " + step.sentence(), 12_000L, Map.of());
    }

    Journals add(String step, Part part, Event event, String sentence, Long micros, Map<String, String> facts) {
        entries.add(new JournalEntry(entries.size() + 1, 1, step, part, event, sentence, at, micros, facts));
        return this;
    }

    List<JournalEntry> entries() {
        return List.copyOf(entries);
    }
}
