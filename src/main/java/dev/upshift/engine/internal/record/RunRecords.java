package dev.upshift.engine.internal.record;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs in the metadata database; {@link #move} is the only writer of a run's status. */
public interface RunRecords {

    /** @throws org.springframework.dao.DuplicateKeyException if a run of the project is not over */
    Run insert(long projectId, String slug, ProcedureName procedure, String planVersion, String actor, Instant now);

    Optional<Run> find(long projectId, int number);

    /** The runs of a project, newest first. */
    List<Run> of(long projectId);

    /** The run of the project that is not over, if any. */
    default Optional<Run> active(long projectId) {
        return of(projectId).stream().filter(run -> !run.status().isOver()).findFirst();
    }

    /** Runs that somebody should be working on, but whose lease has run out or is missing. */
    List<Interrupted> interrupted();

    /**
     * Makes the caller the run's owner, with a lease: whatever an earlier owner still writes is refused.
     *
     * @param run as it was read last
     * @throws StaleOwner if somebody else owns it, or has owned it since it was read
     */
    Claim takeOver(Run run);

    /**
     * Moves a run from one status to the next.
     *
     * @return false if it was moved there before, by a commit whose answer was lost
     * @throws IllegalStateException if the transition table does not have this step
     * @throws StaleOwner if the run has another owner or another status by now
     */
    boolean move(Run run, int epoch, RunStatus from, RunStatus to, @Nullable String outcome, @Nullable Instant endedAt);

    /**
     * Asks whoever executes the run to abort it. From then on the pivot is refused.
     *
     * @return false if it is past the pivot, or not running
     */
    boolean requestAbort(long run, String by);

    /** Adds evidence, and how long clients were held where that is known. */
    void keep(long run, RunFacts evidence, @Nullable Long pauseMillis);

    /**
     * @param projectId the project that it belongs to, whatever has become of that
     * @param lastRenewed by the clock of the metadata database; null where the owner never had a lease or gave it up
     */
    record Interrupted(long projectId, Run run, @Nullable Instant lastRenewed) {}

    /**
     * @param silence since the former owner's last renewal; null if there was none, or it gave the run up
     * @param abortRequestedBy who has asked for the run to be aborted; null for nobody
     */
    record Claim(
            int epoch, @Nullable Duration silence, @Nullable String abortRequestedBy) {}
}
