package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.dao.TransientDataAccessResourceException;

/** The journal of one run, in memory, under the rules of the real one; can refuse writes and lose answers. */
final class MemoryJournal implements Journal {

    private final MemoryRuns runs;
    private final Chronicle chronicle;
    private final List<JournalEntry> rows = new ArrayList<>();
    private Predicate<List<JournalEntry>> refusal = entries -> false;
    private Predicate<List<JournalEntry>> lostAnswer = entries -> false;
    private int refused;

    MemoryJournal(MemoryRuns runs, Chronicle chronicle) {
        this.runs = runs;
        this.chronicle = chronicle;
    }

    /** The metadata database does not answer these writes; nothing is committed. */
    void refuse(Predicate<List<JournalEntry>> writes) {
        refusal = writes;
    }

    /** The metadata database commits these writes, but the answer does not arrive. */
    void loseAnswer(Predicate<List<JournalEntry>> writes) {
        lostAnswer = writes;
    }

    @Override
    public void append(long run, int epoch, List<JournalEntry> entries) {
        String what = "journal " + lines(entries);
        chronicle.moment("before " + what);
        commit(run, epoch, entries, what);
        chronicle.moment("after " + what);
        if (lostAnswer.test(entries)) {
            throw new TransientDataAccessResourceException("the answer was lost");
        }
    }

    private synchronized void commit(long run, int epoch, List<JournalEntry> entries, String what) {
        if (runs.epoch() != epoch) {
            chronicle.add("stale " + what);
            throw new StaleOwner(run, epoch);
        }
        if (refusal.test(entries)) {
            refused++;
            throw new TransientDataAccessResourceException("the metadata database is away");
        }
        String abortedBy = entries.stream().anyMatch(JournalEntry::isPivot) ? runs.passPivot() : null;
        if (abortedBy != null) {
            throw new PivotRefused("Aborted by " + abortedBy + ".");
        }
        for (JournalEntry entry : entries) {
            if (rows.stream().noneMatch(row -> row.sequence() == entry.sequence())) {
                rows.add(entry);
            }
        }
        chronicle.add(what);
    }

    private static List<String> lines(List<JournalEntry> entries) {
        return entries.stream().map(MemoryJournal::line).toList();
    }

    private static String line(JournalEntry entry) {
        return entry.step() + " " + entry.event();
    }

    @Override
    public synchronized List<JournalEntry> of(long run) {
        return List.copyOf(rows);
    }

    /** Like {@code copy STARTED}, in order. */
    List<String> lines() {
        return lines(of(0));
    }

    synchronized boolean has(Event event, String step) {
        return rows.stream().anyMatch(row -> row.event() == event && row.step().equals(step));
    }

    synchronized boolean isPastPivot() {
        return rows.stream().anyMatch(JournalEntry::isPivot);
    }

    /** How many writes were refused. */
    synchronized int refused() {
        return refused;
    }
}
