package dev.upshift.engine.internal.run;

import dev.upshift.engine.Plan;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import org.springframework.stereotype.Component;

/** Starts runs: plans anew under the run lock, and begins what was confirmed. */
@Component
class RunStart {

    private final Projects projects;
    private final Plans plans;
    private final RunLocks locks;
    private final NewRuns newRuns;
    private final Engine engine;

    RunStart(Projects projects, Plans plans, RunLocks locks, NewRuns newRuns, Engine engine) {
        this.projects = projects;
        this.plans = plans;
        this.locks = locks;
        this.newRuns = newRuns;
        this.engine = engine;
    }

    Run start(String slug, ProcedureName name, Confirmation confirmation) {
        Project shown = projects.get(slug);
        confirmation.requireWords(shown, name);
        requireNoOther(shown); // before the lock: a run without an owner must not wait for our plan
        RunLock lock = locks.acquire(shown.id())
                .orElseThrow(
                        () -> RunRefused.because("Another run of this project is active; wait for it or abort it."));
        return lock.handingOver(() -> {
            Project project = projects.get(slug); // again: the run that held the lock until now may have moved it
            Plan plan = plans.anew(project, name);
            confirmation.requireAllowed(plan);
            confirmation.requireConfirmed(plan);
            Run run = newRuns.insert(project, plan);
            engine.execute(project, run, lock);
            return run;
        });
    }

    private void requireNoOther(Project project) {
        if (plans.isBusy(project)) {
            throw NewRuns.anotherIsNotOver();
        }
    }
}
