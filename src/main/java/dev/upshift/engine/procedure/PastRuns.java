package dev.upshift.engine.procedure;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What procedures may learn from earlier runs. */
public interface PastRuns {

    /** The newest run of a project that succeeded and is meant. */
    Optional<Run> lastSuccess(long projectId, Predicate<Run> meant);

    /** The newest run of a project that is meant, however it went. */
    Optional<Run> last(long projectId, Predicate<Run> meant);

    /** Everything that was written down of a run, in order. */
    List<JournalEntry> journal(Run run);
}
