package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs in the metadata database; {@link #move} is the only writer of a run's status. */
interface RunRecords {

    /** @throws org.springframework.dao.DuplicateKeyException if a run of the project is not over */
    Run insert(long projectId, String slug, ProcedureName procedure, String planVersion, String actor, Instant now);

    Optional<Run> find(long projectId, int number);

    /** The runs of a project, newest first. */
    List<Run> of(long projectId);

    /** The run of the project that is not over, if any. */
    default Optional<Run> active(long projectId) {
        return of(projectId).stream().filter(run -> !run.status().isOver()).findFirst();
    }

    /** Runs that somebody was working on when their control plane ended. */
    List<Interrupted> interrupted();

    /** Makes the caller the run's owner: whatever an earlier owner still writes is refused. Answers the new epoch. */
    int takeOver(long run);

    /**
     * Moves a run from one status to the next.
     *
     * @return false if it was moved there before, by a commit whose answer was lost
     * @throws IllegalStateException if the transition table does not have this step
     * @throws Journal.StaleOwner if the run has another owner or another status by now
     */
    boolean move(Run run, int epoch, RunStatus from, RunStatus to, @Nullable String outcome, @Nullable Instant endedAt);

    /** Adds evidence, and how long clients were held where that is known. */
    void keep(long run, Map<String, String> evidence, @Nullable Long pauseMillis);

    /** @param projectId the project that it belongs to, whatever has become of that */
    record Interrupted(long projectId, Run run) {}
}
