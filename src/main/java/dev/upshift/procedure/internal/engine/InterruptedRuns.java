package dev.upshift.procedure.internal.engine;

import dev.upshift.project.Projects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** At start, takes up the runs that an earlier process of this control plane left: back before the pivot, on after it. */
@Component
class InterruptedRuns {

    private static final Logger log = LoggerFactory.getLogger(InterruptedRuns.class);

    private final RunRecords records;
    private final RunLocks locks;
    private final Projects projects;
    private final Engine engine;

    InterruptedRuns(RunRecords records, RunLocks locks, Projects projects, Engine engine) {
        this.records = records;
        this.locks = locks;
        this.projects = projects;
        this.engine = engine;
    }

    @EventListener(ApplicationReadyEvent.class)
    void takeUp() {
        records.interrupted()
                .forEach(run -> projects.bySlug(run.slug())
                        .ifPresent(project -> locks.acquire(project.id()).ifPresent(lock -> {
                            log.warn("Run {} of {} was interrupted; taking it up", run.number(), run.slug());
                            engine.execute(project, run, lock);
                        })));
    }
}
