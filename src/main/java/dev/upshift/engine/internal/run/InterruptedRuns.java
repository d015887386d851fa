package dev.upshift.engine.internal.run;

import dev.upshift.engine.Run;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.record.RunRecords.Interrupted;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes up runs whose owner died, hangs or lost the metadata database, of this control plane or of any other: back
 * before the pivot, on after it.
 */
@Component
class InterruptedRuns {

    private static final Logger log = LoggerFactory.getLogger(InterruptedRuns.class);

    /** The metadata database ends a session within milliseconds of being told to. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(1);

    private static final Duration LOCK_POLL = Duration.ofMillis(10);

    private final RunRecords records;
    private final RunLocks locks;
    private final ExecutingRuns executing;
    private final Waiting waiting;
    private final LeftRuns leftRuns;

    /** At once, but ever later if taking a run up ends in an exception again and again. */
    InterruptedRuns(RunRecords records, RunLocks locks, ExecutingRuns executing, Waiting waiting, LeftRuns leftRuns) {
        this.records = records;
        this.locks = locks;
        this.executing = executing;
        this.waiting = waiting;
        this.leftRuns = leftRuns;
    }

    /** One look; one statement when there is nothing to do. */
    void takeUp() {
        records.interrupted().stream()
                .filter(left -> !executing.isExecuting(left.run().id()))
                .filter(left -> leftRuns.isDue(left.run()))
                .forEach(this::tryToTakeUp);
    }

    private void tryToTakeUp(Interrupted left) {
        Run run = left.run();
        try {
            lock(left).ifPresent(held -> leftRuns.settle(left, held));
        } catch (StaleOwner faster) {
            log.info("Run {} of {} was taken up by somebody else", run.number(), run.slug());
        } catch (RuntimeException e) {
            log.error("Run {} of {} could not be taken up, trying again: {}", run.number(), run.slug(), Reasons.of(e));
        }
    }

    /**
     * An owner that hangs still has its lock: its session is ended. One that never had a lease is about to begin, or of
     * a version that knows no leases; then only a free lock tells that it is gone.
     */
    private Optional<RunLock> lock(Interrupted left) {
        Instant lastRenewed = left.lastRenewed();
        if (lastRenewed == null) {
            return locks.acquire(left.projectId());
        }
        locks.endHolder(left.projectId(), lastRenewed);
        Optional<RunLock> free = locks.acquire(left.projectId());
        long most = LOCK_PATIENCE.dividedBy(LOCK_POLL);
        for (long attempt = 1; attempt < most && free.isEmpty(); attempt++) {
            waiting.pause(LOCK_POLL);
            free = locks.acquire(left.projectId());
        }
        return free;
    }
}
