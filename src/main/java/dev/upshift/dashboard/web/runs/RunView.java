package dev.upshift.dashboard.web.runs;

import dev.upshift.dashboard.web.procedure.Chapter;
import dev.upshift.dashboard.web.runs.StepLine.State;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run, live or over.
 *
 * @param clock null when clients are not and were not held
 * @param letGo how often clients were held before and let go again, because a transaction was too long
 * @param pastPivot whether it can only go forward
 * @param now the latest sentence, for those who listen
 */
public record RunView(
        RunRow row,
        List<Chapter<StepLine>> chapters,
        List<StepLine> undoing,
        @Nullable PauseClock clock,
        long letGo,
        List<EvidenceItem> evidence,
        boolean pastPivot,
        String now) {

    /** The step that tells of each attempt that did not succeed. */
    private static final String PAUSE = "pause-poolers";

    static RunView of(RunRow row, List<JournalEntry> journal, Optional<PauseClock> clock) {
        Run run = row.run();
        List<StepLine> lines = Timeline.of(journal, run.status().isOver());
        boolean past = clock.filter(reading -> reading.running() && reading.pastPivot())
                        .isPresent()
                || lines.stream().anyMatch(RunView::isPastPivot);
        return new RunView(
                row,
                Chapter.of(
                        lines.stream().filter(line -> !line.isUndo()).toList(),
                        StepLine::part,
                        run.procedure().holdsClients()),
                lines.stream().filter(StepLine::isUndo).toList(),
                clock.orElse(null),
                letGo(journal),
                EvidenceItem.of(run.evidence()),
                past,
                run.outcome() == null
                        ? (journal.isEmpty()
                                ? "Nothing has happened yet."
                                : journal.getLast().sentence())
                        : run.outcome());
    }

    public boolean canAbort() {
        return !pastPivot
                && (row.run().status() == RunStatus.RUNNING || row.run().status() == RunStatus.BLOCKED);
    }

    public boolean canContinue() {
        return row.run().status() == RunStatus.BLOCKED;
    }

    /** Whether there is still something to watch. */
    public boolean isLive() {
        return !row.run().status().isOver();
    }

    private static long letGo(List<JournalEntry> journal) {
        return journal.stream()
                .filter(entry -> entry.step().equals(PAUSE) && entry.event() == JournalEntry.Event.PROGRESS)
                .count();
    }

    private static boolean isPastPivot(StepLine line) {
        return line.part() == Part.COMPLETION || (line.part() == Part.PIVOT && line.state() == State.DONE);
    }
}
