package dev.upshift.engine.internal.run;

import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.record.RunRecords.Interrupted;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.shared.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
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

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private static final String PROJECT_GONE =
            "The control plane ended during the run, and its project was removed since: nothing can be undone or "
                    + "completed any more. Look at the servers and poolers yourself.";

    private final RunRecords records;
    private final RunStatuses statuses;
    private final RunLocks locks;
    private final Projects projects;
    private final Engine engine;
    private final Waiting waiting;
    private final MeterRegistry registry;

    /** At once, but ever later if taking a run up ends in an exception again and again. */
    private final Retries retries;

    InterruptedRuns(
            RunRecords records,
            RunStatuses statuses,
            RunLocks locks,
            Projects projects,
            Engine engine,
            Waiting waiting,
            Clock clock,
            MeterRegistry registry) {
        this.records = records;
        this.statuses = statuses;
        this.locks = locks;
        this.projects = projects;
        this.engine = engine;
        this.waiting = waiting;
        this.registry = registry;
        this.retries = Retries.everLater(FIRST_REST, LONGEST_REST, waiting, clock);
    }

    /** One look; one statement when there is nothing to do. */
    void takeUp() {
        records.interrupted().stream()
                .filter(left -> !engine.isExecuting(left.run().id()))
                .filter(left -> retries.isDue(left.run().id()))
                .forEach(this::tryToTakeUp);
    }

    private void tryToTakeUp(Interrupted left) {
        Run run = left.run();
        try {
            lock(left).ifPresent(held -> settle(left, held));
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

    private void settle(Interrupted interrupted, RunLock lock) {
        Run run = interrupted.run();
        boolean handedOver = false;
        try {
            if (!isStillLeft(interrupted)) {
                return;
            }
            retries.note(run.id());
            Optional<Project> project =
                    projects.bySlug(run.slug()).filter(found -> found.id() == interrupted.projectId());
            if (project.isPresent()) {
                log.warn("Run {} of {} has no owner any more; taking it up", run.number(), run.slug());
                handedOver = true;
                engine.takeUp(project.get(), run, lock);
                registry.counter(
                                "upshift.run.takeovers",
                                "procedure",
                                run.procedure().word())
                        .increment();
            } else {
                log.error("Run {} of {}: {}", run.number(), run.slug(), PROJECT_GONE);
                int epoch = records.takeOver(run).epoch();
                statuses.move(run, epoch, run.status(), RunStatus.BLOCKED, PROJECT_GONE);
            }
        } finally {
            if (!handedOver) {
                lock.close();
            }
        }
    }

    private boolean isStillLeft(Interrupted interrupted) {
        Run left = interrupted.run();
        return records.find(interrupted.projectId(), left.number())
                .filter(now -> now.epoch() == left.epoch() && now.status() == left.status())
                .isPresent();
    }
}
