package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.JournalEntry;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** What procedures may learn from earlier runs. */
@Component
public class PastRuns {

    private final RunRecords records;
    private final Journal journal;

    PastRuns(RunRecords records, Journal journal) {
        this.records = records;
        this.journal = journal;
    }

    /** The newest run of a project that succeeded and is meant. */
    public Optional<Run> lastSuccess(long projectId, Predicate<Run> meant) {
        return records.of(projectId).stream()
                .filter(run -> run.status() == RunStatus.SUCCEEDED)
                .filter(meant)
                .findFirst();
    }

    /** The newest run of a project that is meant, however it went. */
    public Optional<Run> last(long projectId, Predicate<Run> meant) {
        return records.of(projectId).stream().filter(meant).findFirst();
    }

    public List<JournalEntry> journal(Run run) {
        return journal.of(run.id());
    }
}
