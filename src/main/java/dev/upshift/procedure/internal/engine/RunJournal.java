package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.JournalEntry;
import dev.upshift.procedure.JournalEntry.Event;
import dev.upshift.procedure.Plan.Part;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunChanged;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;

/** The journal of one run as its owner keeps it: what it said when it was opened, and what is added since. */
final class RunJournal {

    private static final Logger log = LoggerFactory.getLogger(RunJournal.class);

    /** How soon the metadata database is asked again when it did not answer. */
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Run run;
    private final int epoch;
    private final Journal journal;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final Waiting waiting;

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Set<String> started = new HashSet<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Set<String> undone = new HashSet<>();
    private final List<JournalEntry> unwritten = new ArrayList<>();
    private int sequence;
    private boolean pivoted;
    private boolean goingBack;

    RunJournal(Run run, int epoch, Journal journal, Clock clock, Waiting waiting, ApplicationEventPublisher events) {
        this.run = run;
        this.epoch = epoch;
        this.journal = journal;
        this.clock = clock;
        this.waiting = waiting;
        this.events = events;
        journal.of(run.id()).forEach(entry -> {
            sequence = entry.sequence();
            note(entry);
        });
    }

    private void note(JournalEntry entry) {
        facts.putAll(entry.facts());
        switch (entry.event()) {
            case STARTED -> started.add(entry.step());
            case SUCCEEDED -> {
                succeeded.add(entry.step());
                pivoted |= entry.part() == Part.PIVOT;
            }
            case UNDOING -> goingBack = true;
            case UNDONE -> undone.add(entry.step());
            case PROGRESS, RETRIED, FAILED, UNDO_FAILED -> {
                // evidence for people only
            }
        }
    }

    /**
     * Commits a row, and those deferred before it, before it returns.
     *
     * <p>When the metadata database does not answer: the pivot and everything on the way back is tried until it does,
     * because going on without knowing would be wrong. Between the pivot and RESUME the row stays deferred, because
     * clients are waiting and every step there can be repeated. Everything else throws, so that the step is not begun.
     */
    void write(Step step, Event event, String sentence, @Nullable Long micros, Map<String, String> found) {
        defer(step, event, sentence, micros, found);
        while (true) {
            try {
                flush();
                return;
            } catch (DataAccessException unanswered) {
                if (step.part() == Part.COMPLETION) {
                    return;
                }
                if (!mustKnow(step, event)) {
                    dropLast();
                    throw unanswered;
                }
                log.error(
                        "{} run {}: the journal cannot be written, trying again", run.slug(), run.number(), unanswered);
                waiting.pause(AGAIN);
            }
        }
    }

    private static boolean mustKnow(Step step, Event event) {
        return switch (event) {
            case FAILED, UNDOING, UNDONE, UNDO_FAILED -> true;
            case SUCCEEDED -> step.part() == Part.PIVOT;
            case STARTED, PROGRESS, RETRIED -> false;
        };
    }

    private synchronized void dropLast() {
        unwritten.removeLast();
    }

    /** Adds a row that is committed together with the next one: one commit instead of two while clients wait. */
    synchronized void defer(Step step, Event event, String sentence, @Nullable Long micros, Map<String, String> found) {
        unwritten.add(new JournalEntry(
                sequence + unwritten.size() + 1,
                epoch,
                step.name(),
                step.part(),
                event,
                sentence,
                clock.instant(),
                micros,
                Map.copyOf(found)));
        if (event == Event.SUCCEEDED && step.part() != Part.PIVOT) {
            note(unwritten.getLast()); // facts are there for the next step; the pivot counts once it is committed
        }
    }

    synchronized void flush() {
        if (unwritten.isEmpty()) {
            return;
        }
        journal.append(run.id(), epoch, unwritten);
        sequence += unwritten.size();
        unwritten.forEach(this::note);
        unwritten.clear();
        events.publishEvent(new RunChanged(run.slug(), run.number()));
    }

    synchronized Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    synchronized boolean hasStarted(Step step) {
        return started.contains(step.name());
    }

    synchronized boolean hasSucceeded(Step step) {
        return succeeded.contains(step.name());
    }

    synchronized boolean isUndone(Step step) {
        return undone.contains(step.name());
    }

    /** Whether the pivot's row is committed. */
    synchronized boolean isPastPivot() {
        return pivoted;
    }

    synchronized boolean isGoingBack() {
        return goingBack;
    }
}
