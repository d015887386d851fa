package dev.upshift.engine.internal.run;

import dev.upshift.engine.Run;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.record.Retries;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.record.RunRecords.Interrupted;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of a run that its owner has left, once its lock is ours. */
@Component
class LeftRuns {

    private static final Logger log = LoggerFactory.getLogger(LeftRuns.class);

    private static final String PROJECT_GONE =
            "The control plane ended during the run, and its project was removed since: nothing can be undone or "
                    + "completed any more. Look at the servers and poolers yourself.";

    private final RunRecords records;
    private final RunStatuses statuses;
    private final Projects projects;
    private final Engine engine;
    private final Retries takeUps;
    private final MeterRegistry registry;

    LeftRuns(
            RunRecords records,
            RunStatuses statuses,
            Projects projects,
            Engine engine,
            Retries takeUps,
            MeterRegistry registry) {
        this.records = records;
        this.statuses = statuses;
        this.projects = projects;
        this.engine = engine;
        this.takeUps = takeUps;
        this.registry = registry;
    }

    /** Whether it may be taken up now: at once, but ever later where that ends in an exception again and again. */
    boolean isDue(Run run) {
        return takeUps.isDue(run.id());
    }

    /** Takes it up, unless somebody was faster; frees the lock in the end. */
    void settle(Interrupted interrupted, RunLock lock) {
        Run run = interrupted.run();
        boolean handedOver = false;
        try {
            if (!isStillLeft(interrupted)) {
                return;
            }
            takeUps.note(run.id());
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
