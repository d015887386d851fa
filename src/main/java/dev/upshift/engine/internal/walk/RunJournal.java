package dev.upshift.engine.internal.walk;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunChanged;
import dev.upshift.engine.internal.record.HeldTime;
import dev.upshift.engine.internal.record.Journal;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.procedure.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;

/** The journal of one run as its owner keeps it: what it said when it was opened, and what is added since. */
public final class RunJournal {

    private static final Logger log = LoggerFactory.getLogger(RunJournal.class);

    private final Run run;
    private final int epoch;
    private final Journal journal;
    private final Clock clock;
    private final Retries retries;
    private final ApplicationEventPublisher events;

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Set<String> started = new HashSet<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Set<String> undone = new HashSet<>();
    private final List<JournalEntry> unwritten = new ArrayList<>();
    private final HeldTime heldTime = new HeldTime();
    private int sequence;
    private boolean pivoted;
    private boolean goingBack;

    public RunJournal(
            Run run, int epoch, Journal journal, Clock clock, Retries retries, ApplicationEventPublisher events) {
        this.run = run;
        this.epoch = epoch;
        this.journal = journal;
        this.clock = clock;
        this.retries = retries;
        this.events = events;
        journal.of(run.id()).forEach(entry -> {
            sequence = entry.sequence();
            note(entry);
            heldTime.note(entry);
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
            case FAILED, PROGRESS, RETRIED, UNDO_FAILED -> {
                // evidence for people only
            }
        }
    }

    /**
     * Commits a row, and those deferred before it, before it returns.
     *
     * <p>When the metadata database does not answer, the row keeps its place and is committed with the next one, because
     * nobody knows whether it has been committed already. What happens meanwhile depends on the row: the pivot,
     * everything on the way back, and everything after the window is tried until it is known. Between the pivot and
     * RESUME the run goes on, because clients are waiting and every step there can be repeated; that such a step begins is
     * not even tried to commit before it is done. It goes on, too, after rows that only tell people something. All others
     * throw, so that a step is not begun before its row is there.
     */
    void write(Step step, Event event, String sentence, @Nullable Long micros, Map<String, String> found) {
        defer(step, event, sentence, micros, found);
        switch (weight(step, event, found)) {
            case DECISIVE -> settle();
            case REQUIRED -> flush();
            case DEFERRABLE -> tryFlush(last());
            case LATER -> {
                // with the next one
            }
        }
    }

    /**
     * That these begin, in one commit; see {@link #write}. Where all of them {@link Step#leavesNothing() leave nothing},
     * nobody waits for it: it is committed while they work, or else with the next row.
     *
     * @param beside does work while its caller goes on
     */
    void begin(List<Step> steps, Consumer<Runnable> beside) {
        steps.stream()
                .filter(step -> !hasStarted(step))
                .forEach(step -> defer(step, Event.STARTED, step.sentence(), null, Map.of()));
        if (steps.stream().allMatch(Step::leavesNothing)) {
            int last = last();
            beside.accept(() -> tryFlush(last));
        } else {
            flush();
        }
    }

    private synchronized int last() {
        return sequence + unwritten.size();
    }

    private static Weight weight(Step step, Event event, Map<String, String> found) {
        if (step.part() == Part.COMPLETION) {
            return event == Event.STARTED ? Weight.LATER : Weight.DEFERRABLE;
        }
        if (step.part() == Part.AFTER) {
            return Weight.DECISIVE;
        }
        return switch (event) {
            case FAILED, UNDOING, UNDONE, UNDO_FAILED -> Weight.DECISIVE;
            case SUCCEEDED -> step.part() == Part.PIVOT ? Weight.DECISIVE : Weight.REQUIRED;
            case STARTED -> Weight.REQUIRED;
            case PROGRESS -> found.isEmpty() ? Weight.DEFERRABLE : Weight.REQUIRED;
            case RETRIED -> Weight.DEFERRABLE;
        };
    }

    /** Commits what is deferred, however long the metadata database needs to answer. */
    void settle() {
        retries.untilKnown(run.slug() + " run " + run.number() + ": the journal", this::flush);
    }

    /** @param last of the rows that are committed: never one that somebody waits for, and needs to know about */
    private void tryFlush(int last) {
        try {
            flush(last);
        } catch (DataAccessException unanswered) {
            log.warn("{} run {}: the journal is written later", run.slug(), run.number(), unanswered);
        }
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
        boolean begun = event == Event.STARTED && (step.part() == Part.COMPLETION || step.leavesNothing());
        if (begun || (event == Event.SUCCEEDED && step.part() != Part.PIVOT)) {
            note(unwritten.getLast()); // facts are there for the next step; the pivot counts once it is committed
        }
    }

    private void flush() {
        flush(Integer.MAX_VALUE);
    }

    private void flush(int last) {
        if (commit(last)) {
            ringBell();
        }
    }

    private synchronized boolean commit(int last) {
        int count = Math.min(unwritten.size(), last - sequence);
        if (count <= 0) {
            return false;
        }
        List<JournalEntry> rows = List.copyOf(unwritten.subList(0, count));
        try {
            journal.append(run.id(), epoch, rows);
        } catch (Journal.PivotRefused refused) {
            unwritten.removeIf(JournalEntry::isPivot); // the last of them; what follows takes its place
            throw refused;
        }
        unwritten.subList(0, count).clear();
        sequence += count;
        rows.forEach(this::note);
        rows.forEach(heldTime::note);
        return true;
    }

    private void ringBell() {
        try {
            events.publishEvent(new RunChanged(run.slug(), run.number()));
        } catch (RuntimeException pageIsGone) {
            log.warn("{} run {}: an open page could not be told", run.slug(), run.number(), pageIsGone);
        }
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

    /** How long clients were held, as far as committed rows tell; also when another process held them. */
    synchronized Optional<Long> heldMillis() {
        return heldTime.millis();
    }

    /** What becomes of the run while a row cannot be committed. */
    private enum Weight {
        /** It waits. */
        DECISIVE,
        /** The step fails. */
        REQUIRED,
        /** It goes on. */
        DEFERRABLE,
        /** It is not tried to be committed by itself: clients are waiting, and nothing hangs on it. */
        LATER
    }
}
