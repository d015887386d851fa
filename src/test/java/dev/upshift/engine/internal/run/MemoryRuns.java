package dev.upshift.engine.internal.run;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.record.RunRecords.Claim;
import dev.upshift.engine.internal.record.RunRecords.Interrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessResourceException;

/** Runs of one project, in memory, under the rules of the real records. */
final class MemoryRuns implements RunRecords {

    static final long PROJECT = 7;

    private final Chronicle chronicle;
    private final List<Run> runs = new ArrayList<>();
    private int refusals;
    private boolean pastPivot;
    private @Nullable String abortRequestedBy;
    private @Nullable Duration silence;
    private @Nullable Instant lastRenewed;

    MemoryRuns(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** The metadata database does not answer the next writes. */
    synchronized void refuse(int writes) {
        refusals = writes;
    }

    private void refuseIfAway() {
        if (refusals > 0) {
            refusals--;
            throw new TransientDataAccessResourceException("the metadata database is away");
        }
    }

    @Override
    public synchronized Run insert(
            long projectId, String slug, ProcedureName procedure, String planVersion, String actor, Instant now) {
        refuseIfAway();
        if (active(projectId).isPresent()) {
            throw new DuplicateKeyException("run_one_active_per_project");
        }
        pastPivot = false;
        abortRequestedBy = null;
        int number = runs.size() + 1;
        Run run = new Run(
                number,
                slug,
                number,
                procedure,
                RunStatus.RUNNING,
                planVersion,
                actor,
                now,
                null,
                0,
                null,
                null,
                RunFacts.NONE);
        runs.addFirst(run);
        return run;
    }

    @Override
    public synchronized Optional<Run> find(long projectId, int number) {
        return runs.stream().filter(run -> run.number() == number).findFirst();
    }

    @Override
    public synchronized List<Run> of(long projectId) {
        return List.copyOf(runs);
    }

    @Override
    public synchronized List<Interrupted> interrupted() {
        return runs.stream()
                .filter(run -> run.status() == RunStatus.RUNNING || run.status() == RunStatus.ABORTING)
                .map(run -> new Interrupted(PROJECT, run, lastRenewed))
                .toList();
    }

    @Override
    public synchronized Claim takeOver(Run run) {
        refuseIfAway();
        if (find(PROJECT, run.number()).orElseThrow().epoch() != run.epoch()) {
            throw new StaleOwner(run.id(), run.epoch());
        }
        Run taken = change(run.id(), old -> with(old, old.status(), old.outcome(), old.endedAt(), old.epoch() + 1));
        return new Claim(taken.epoch(), silence, abortRequestedBy);
    }

    /** What the next owners are told of those before them. */
    synchronized void formerOwnerWasSilentFor(Duration time) {
        silence = time;
        lastRenewed = Instant.EPOCH;
    }

    @Override
    public boolean move(
            Run run, int epoch, RunStatus from, RunStatus to, @Nullable String outcome, @Nullable Instant endedAt) {
        if (!from.leadsTo(to)) {
            throw new IllegalStateException("A run that is " + from + " cannot become " + to);
        }
        chronicle.moment("before status " + to);
        boolean moved = moveNow(run, epoch, from, to, outcome, endedAt);
        chronicle.moment("after status " + to);
        return moved;
    }

    private synchronized boolean moveNow(
            Run run, int epoch, RunStatus from, RunStatus to, @Nullable String outcome, @Nullable Instant endedAt) {
        refuseIfAway();
        Run now = find(PROJECT, run.number()).orElseThrow();
        if (now.epoch() == epoch && now.status() == to) {
            return false;
        }
        if (now.epoch() != epoch || now.status() != from) {
            throw new StaleOwner(run.id(), epoch);
        }
        change(run.id(), old -> with(old, to, outcome, endedAt, old.epoch()));
        chronicle.add("status " + to);
        return true;
    }

    @Override
    public synchronized boolean requestAbort(long run, String by) {
        refuseIfAway();
        if (pastPivot || latest().id() != run || latest().status() != RunStatus.RUNNING) {
            return false;
        }
        abortRequestedBy = abortRequestedBy == null ? by : abortRequestedBy;
        return true;
    }

    /** As the commit of the pivot's row does. @return who asked for an abort before, or null */
    synchronized @Nullable String passPivot() {
        pastPivot = abortRequestedBy == null;
        return abortRequestedBy;
    }

    @Override
    public synchronized void keep(long run, RunFacts evidence, @Nullable Long pauseMillis) {
        refuseIfAway();
        change(
                run,
                old -> new Run(
                        old.id(),
                        old.slug(),
                        old.number(),
                        old.procedure(),
                        old.status(),
                        old.planVersion(),
                        old.startedBy(),
                        old.startedAt(),
                        old.endedAt(),
                        old.epoch(),
                        old.outcome(),
                        pauseMillis == null ? old.pauseMillis() : pauseMillis,
                        old.evidence().and(evidence)));
    }

    private Run change(long id, UnaryOperator<Run> change) {
        Run old = runs.stream().filter(run -> run.id() == id).findFirst().orElseThrow();
        Run changed = change.apply(old);
        runs.set(runs.indexOf(old), changed);
        return changed;
    }

    private static Run with(Run old, RunStatus status, @Nullable String outcome, @Nullable Instant endedAt, int epoch) {
        return new Run(
                old.id(),
                old.slug(),
                old.number(),
                old.procedure(),
                status,
                old.planVersion(),
                old.startedBy(),
                old.startedAt(),
                endedAt,
                epoch,
                outcome,
                old.pauseMillis(),
                old.evidence());
    }

    /** The newest run. */
    synchronized Run latest() {
        return runs.getFirst();
    }

    /** Of the newest run; whoever wrote under an older one is stale. */
    synchronized int epoch() {
        return latest().epoch();
    }
}
