package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunStatus;
import dev.upshift.procedure.internal.engine.RunLocks.RunLock;
import dev.upshift.procedure.internal.engine.RunRecords.Interrupted;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** At start, takes up the runs that an earlier process of this control plane left: back before the pivot, on after it. */
@Component
class InterruptedRuns {

    private static final Logger log = LoggerFactory.getLogger(InterruptedRuns.class);

    /** The metadata database frees a dead process's lock when it notices; see the keepalives of dedicated connections. */
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(2);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final String PROJECT_GONE =
            "The control plane ended during the run, and its project was removed since: nothing can be undone or "
                    + "completed any more. Look at the servers and poolers yourself.";

    private final RunRecords records;
    private final RunStatuses statuses;
    private final RunLocks locks;
    private final Projects projects;
    private final Engine engine;
    private final Waiting waiting;

    InterruptedRuns(
            RunRecords records,
            RunStatuses statuses,
            RunLocks locks,
            Projects projects,
            Engine engine,
            Waiting waiting) {
        this.records = records;
        this.statuses = statuses;
        this.locks = locks;
        this.projects = projects;
        this.engine = engine;
        this.waiting = waiting;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("interrupted-runs").start(this::takeUp);
    }

    /** Those whose owner does not seem to be gone yet are tried again for a while. */
    void takeUp() {
        List<Interrupted> left = new ArrayList<>(records.interrupted());
        boolean all = waiting.until(LOCK_PATIENCE, EVERY, () -> {
            left.removeIf(this::isSettled);
            return left.isEmpty();
        });
        if (!all) {
            left.forEach(one -> log.error(
                    "Run {} of {} was not taken up: another control plane holds it, or see above",
                    one.run().number(),
                    one.run().slug()));
        }
    }

    private boolean isSettled(Interrupted interrupted) {
        Run run = interrupted.run();
        try {
            Optional<RunLock> lock = locks.acquire(interrupted.projectId());
            lock.ifPresent(held -> settle(interrupted, held));
            return lock.isPresent();
        } catch (RuntimeException e) {
            log.error("Run {} of {} could not be taken up, trying again: {}", run.number(), run.slug(), Reasons.of(e));
            return false;
        }
    }

    private void settle(Interrupted interrupted, RunLock lock) {
        Run run = interrupted.run();
        boolean handedOver = false;
        try {
            if (!isStillLeft(interrupted)) {
                return;
            }
            Optional<Project> project =
                    projects.bySlug(run.slug()).filter(found -> found.id() == interrupted.projectId());
            if (project.isPresent()) {
                log.warn("Run {} of {} was interrupted; taking it up", run.number(), run.slug());
                handedOver = true;
                engine.takeUp(project.get(), run, lock);
            } else {
                log.error("Run {} of {}: {}", run.number(), run.slug(), PROJECT_GONE);
                int epoch = records.takeOver(run.id());
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
