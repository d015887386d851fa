package dev.upshift.engine.internal.run;

import dev.upshift.engine.Run;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Script;
import dev.upshift.project.Project;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the last PAUSE of a replaced owner may have left behind. */
@Component
class LatePause {

    private static final Logger log = LoggerFactory.getLogger(LatePause.class);

    /** How long a replaced owner tries to find out whether what it did last was left behind. */
    private static final Duration LATE_PAUSE = Duration.ofMinutes(1);

    private final KnownProcedures procedures;
    private final RunRecords records;
    private final RunLocks locks;
    private final Ports ports;

    LatePause(KnownProcedures procedures, RunRecords records, RunLocks locks, Ports ports) {
        this.procedures = procedures;
        this.records = records;
        this.locks = locks;
        this.ports = ports;
    }

    /**
     * This control plane was asleep, and may have sent a PAUSE when it woke, before it knew that it had been replaced.
     * Whoever executes a run looks after the poolers by himself; when nobody does, what is paused is resumed, under the
     * run lock, so that no run can begin meanwhile.
     */
    void undo(long projectId, Run run) {
        boolean done = false;
        try {
            done = ports.waiting().until(LATE_PAUSE, Duration.ofMillis(500), () -> hasUndone(projectId, run));
        } catch (RuntimeException e) {
            log.warn("{} run {}: the poolers could not be looked at", run.slug(), run.number(), e);
        }
        if (!done) {
            log.warn("{} run {}: other runs followed; they look after the poolers", run.slug(), run.number());
        }
    }

    private boolean hasUndone(long projectId, Run run) {
        Optional<RunLock> lock = locks.acquire(projectId);
        lock.ifPresent(held -> {
            try (held) {
                Optional<Project> project =
                        ports.projects().bySlug(run.slug()).filter(found -> found.id() == projectId);
                if (project.isPresent() && records.active(projectId).isEmpty()) {
                    try (Script script =
                            procedures.procedure(run.procedure()).script(project.get(), Optional.empty(), ports)) {
                        script.hold().keepServing();
                    }
                }
            }
        });
        return lock.isPresent();
    }
}
