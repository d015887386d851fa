package dev.upshift.dashboard.web.runs;

import dev.upshift.dashboard.web.runs.StepLine.State;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes lines of a journal: one per step, and one more for the undoing of it. */
final class Timeline {

    private static final int NOTES = 5;

    private final Map<String, StepLine> lines = new LinkedHashMap<>();
    private final Map<String, List<String>> notes = new LinkedHashMap<>();

    private Timeline() {}

    /** @param over whether the run has ended, so that nothing goes on any more */
    static List<StepLine> of(List<JournalEntry> journal, boolean over) {
        Timeline timeline = new Timeline();
        journal.forEach(timeline::add);
        return timeline.lines.values().stream()
                .map(line -> over && line.state() == State.GOING_ON ? timeline.with(line, State.LEFT) : line)
                .map(timeline::withNotes)
                .toList();
    }

    private void add(JournalEntry entry) {
        String id = id(entry);
        StepLine line = lines.get(id);
        boolean note = entry.event() == Event.PROGRESS || entry.event() == Event.RETRIED;
        boolean failed = entry.event() == Event.FAILED || entry.event() == Event.UNDO_FAILED;
        if (note) {
            notes.computeIfAbsent(id, _ -> new ArrayList<>()).add(entry.sentence());
        }
        State before = line == null ? State.GOING_ON : line.state();
        Map<String, String> facts = new LinkedHashMap<>(line == null ? Map.of() : line.facts());
        facts.putAll(entry.facts());
        lines.put(
                id,
                new StepLine(
                        id,
                        entry.step(),
                        entry.part(),
                        line != null && (note || failed) ? line.sentence() : entry.sentence(),
                        failed ? entry.sentence() : null,
                        line == null ? entry.at() : line.at(),
                        State.after(entry.event(), before),
                        entry.durationMicros() == null && line != null && note ? line.micros() : entry.durationMicros(),
                        List.of(),
                        0,
                        facts));
    }

    private StepLine with(StepLine line, State state) {
        return new StepLine(
                line.id(),
                line.name(),
                line.part(),
                line.sentence(),
                line.failure(),
                line.at(),
                state,
                line.micros(),
                line.notes(),
                line.earlierNotes(),
                line.facts());
    }

    private StepLine withNotes(StepLine line) {
        List<String> all = notes.getOrDefault(line.id(), List.of());
        int earlier = Math.max(0, all.size() - NOTES);
        return new StepLine(
                line.id(),
                line.name(),
                line.part(),
                line.sentence(),
                line.failure(),
                line.at(),
                line.state(),
                line.micros(),
                List.copyOf(all.subList(earlier, all.size())),
                earlier,
                line.facts());
    }

    private static String id(JournalEntry entry) {
        return switch (entry.event()) {
            case UNDOING, UNDONE, UNDO_FAILED -> "undo-" + entry.step();
            case STARTED, PROGRESS, SUCCEEDED, RETRIED, FAILED -> "step-" + entry.step();
        };
    }
}
