package dev.upshift.audit.internal;

import dev.upshift.audit.AuditEntry.Action;
import dev.upshift.engine.RunEnded;
import dev.upshift.engine.RunStarted;
import dev.upshift.engine.RunsAllowed;
import dev.upshift.engine.RunsStopped;
import dev.upshift.project.ProjectChanged;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Records what other modules tell of. Their events wait in the database until they are recorded here. */
@Component
class WhatWasDone {

    private static final String SYSTEM = "system";

    private final StoredAuditTrail trail;

    WhatWasDone(StoredAuditTrail trail) {
        this.trail = trail;
    }

    @Recorded
    void on(ProjectChanged event) {
        trail.add(
                Objects.requireNonNullElse(event.actor(), SYSTEM), Action.PROJECT_CHANGED, event.slug(), event.what());
    }

    @Recorded
    void on(RunStarted event) {
        trail.add(
                event.actor(),
                Action.RUN_STARTED,
                event.slug(),
                "Started run %d, %s%s, of plan %s"
                        .formatted(
                                event.number(),
                                event.procedure().title(),
                                event.without() == null
                                        ? ""
                                        : " without the " + event.without().word(),
                                event.planVersion()));
    }

    @Recorded
    void on(RunsStopped event) {
        trail.add(
                event.actor(),
                Action.RUNS_STOPPED,
                null,
                "Stopped all runs" + (event.reason().isEmpty() ? "" : ": " + event.reason()));
    }

    @Recorded
    void on(RunsAllowed event) {
        trail.add(event.actor(), Action.RUNS_ALLOWED, null, "Allowed runs again");
    }

    @Recorded
    void on(RunEnded event) {
        trail.add(
                SYSTEM,
                Action.RUN_ENDED,
                event.slug(),
                "Run %d, %s: %s. %s"
                        .formatted(event.number(), event.procedure().title(), event.status(), event.outcome()));
    }
}
