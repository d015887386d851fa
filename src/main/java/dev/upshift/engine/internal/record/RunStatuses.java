package dev.upshift.engine.internal.record;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunEnded;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStarted;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes where runs stand, and tells other modules in the same commit: they hear of every run that started or ended, and
 * of none that did not.
 */
@Component
public class RunStatuses {

    private static final Logger log = LoggerFactory.getLogger(RunStatuses.class);

    private final RunRecords records;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Retries retries;

    public RunStatuses(
            RunRecords records,
            TransactionOperations transactions,
            ApplicationEventPublisher events,
            Clock clock,
            Retries retries) {
        this.records = records;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
        this.retries = retries;
    }

    /**
     * @param without the side that the run goes on without, as whoever takes it up later has to know; null for both
     * @throws org.springframework.dao.DuplicateKeyException if a run of the project is not over
     */
    public Run begin(
            long projectId,
            String slug,
            ProcedureName procedure,
            String planVersion,
            String actor,
            @Nullable Side without) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            Run run = records.insert(projectId, slug, procedure, planVersion, actor, clock.instant());
            events.publishEvent(new RunStarted(projectId, slug, run.number(), procedure, planVersion, actor, without));
            if (without == null) {
                return run;
            }
            records.keep(run.id(), Evidence.WITHOUT.of(without), null);
            return records.find(projectId, run.number()).orElseThrow();
        }));
    }

    /** Ends a run that could not begin. If that fails too, it is taken up as a run without an owner. */
    public void neverBegan(long projectId, Run run, String reason) {
        try {
            Run now = records.find(projectId, run.number()).orElse(run);
            int epoch = records.takeOver(now).epoch();
            Ending ending = new Ending(RunStatus.ABORTED, "The run could not begin; nothing was done: " + reason);
            records.move(run, epoch, run.status(), RunStatus.ABORTING, ending.outcome(), null);
            end(projectId, run, epoch, RunStatus.ABORTING, ending, RunFacts.NONE, Optional.empty());
        } catch (DataAccessException | StaleOwner later) {
            log.error("{} run {} could not begin, nor be ended yet", run.slug(), run.number(), later);
        }
    }

    /** Moves a run on, however long the metadata database needs to answer. */
    public void move(Run run, int epoch, RunStatus from, RunStatus to, @Nullable String outcome) {
        retries.untilKnown(
                run.slug() + " run " + run.number() + ": the status " + to,
                () -> records.move(run, epoch, from, to, outcome, null));
    }

    /** Writes how an execution ended, however long the metadata database needs to answer. */
    public void end(
            long projectId,
            Run run,
            int epoch,
            RunStatus from,
            Ending ending,
            RunFacts evidence,
            Optional<Long> pauseMillis) {
        RunStatus to = ending.status();
        Instant endedAt = to.isOver() ? clock.instant() : null;
        retries.untilKnown(
                run.slug() + " run " + run.number() + ": the ending " + to,
                () -> transactions.executeWithoutResult(_ -> {
                    records.keep(run.id(), evidence, pauseMillis.orElse(null));
                    if (records.move(run, epoch, from, to, ending.outcome(), endedAt)) {
                        events.publishEvent(new RunEnded(
                                projectId, run.slug(), run.number(), run.procedure(), to, ending.outcome()));
                    }
                }));
    }
}
