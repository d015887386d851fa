package dev.upshift.engine.internal.run;

import dev.upshift.engine.Plan;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.identity.CurrentActor;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectLock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Writes that a run begins. */
@Component
class NewRuns {

    private final RunStatuses statuses;
    private final CurrentActor actor;
    private final ProjectLock projectLock;

    NewRuns(RunStatuses statuses, CurrentActor actor, ProjectLock projectLock) {
        this.statuses = statuses;
        this.actor = actor;
        this.projectLock = projectLock;
    }

    Run insert(Project project, Plan plan) {
        try {
            return projectLock.whileUnchanged(
                    project,
                    () -> statuses.begin(
                            project.id(),
                            project.slug(),
                            plan.procedure(),
                            plan.version(),
                            actor.name(),
                            plan.leftOut() == null ? null : plan.leftOut().side()));
        } catch (ProjectConflict changed) {
            throw RunRefused.because(
                    "Somebody changed the project meanwhile; nothing was started. Look at the plan again.");
        } catch (DuplicateKeyException e) {
            throw anotherIsNotOver();
        }
    }

    static RunRefused anotherIsNotOver() {
        return RunRefused.because("Another run of this project is not over; wait for it, continue it or abort it.");
    }
}
