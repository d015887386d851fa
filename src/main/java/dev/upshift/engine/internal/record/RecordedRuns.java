package dev.upshift.engine.internal.record;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.PastRuns;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Earlier runs, as they were written down. */
@Component
class RecordedRuns implements PastRuns {

    private final RunRecords records;
    private final Journal journal;

    RecordedRuns(RunRecords records, Journal journal) {
        this.records = records;
        this.journal = journal;
    }

    @Override
    public Optional<Run> lastSuccess(long projectId, Predicate<Run> meant) {
        return last(projectId, meant.and(run -> run.status() == RunStatus.SUCCEEDED));
    }

    @Override
    public Optional<Run> last(long projectId, Predicate<Run> meant) {
        return records.of(projectId).stream().filter(meant).findFirst();
    }

    @Override
    public List<JournalEntry> journal(Run run) {
        return journal.of(run.id());
    }
}
