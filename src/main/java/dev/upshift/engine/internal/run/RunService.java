package dev.upshift.engine.internal.run;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures;
import dev.upshift.engine.Procedures.Available;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.StopSwitch;
import dev.upshift.engine.internal.lease.RunLocks;
import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.engine.internal.plan.PlanDrawing;
import dev.upshift.engine.internal.record.RunRecords;
import dev.upshift.engine.internal.record.RunStatuses;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.identity.CurrentActor;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectConflict;
import dev.upshift.project.ProjectLock;
import dev.upshift.project.Projects;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Takes the wishes of people and tools: plans, starts, aborts and continues runs. */
@Service
class RunService implements Procedures {

    private final Projects projects;
    private final Engine engine;
    private final RunRecords records;
    private final RunLocks locks;
    private final CurrentActor actor;
    private final RunStatuses statuses;
    private final StopSwitch stopSwitch;
    private final PlanDrawing drawing;
    private final ProjectLock projectLock;

    RunService(
            Projects projects,
            Engine engine,
            RunRecords records,
            RunLocks locks,
            CurrentActor actor,
            RunStatuses statuses,
            StopSwitch stopSwitch,
            PlanDrawing drawing,
            ProjectLock projectLock) {
        this.projects = projects;
        this.engine = engine;
        this.records = records;
        this.locks = locks;
        this.actor = actor;
        this.statuses = statuses;
        this.stopSwitch = stopSwitch;
        this.drawing = drawing;
        this.projectLock = projectLock;
    }

    @Override
    public Plan plan(String slug, ProcedureName name) {
        Project project = projects.get(slug);
        return drawing.plan(
                project, engine.procedure(name), records.active(project.id()).isPresent());
    }

    @Override
    public List<Available> available(String slug) {
        Project project = projects.get(slug);
        boolean busy = records.active(project.id()).isPresent();
        return Arrays.stream(ProcedureName.values())
                .map(engine::procedure)
                .map(procedure -> {
                    if (!procedure.phases().contains(project.phase())) {
                        return new Available(procedure.name(), PlanDrawing.whyNot(project, procedure));
                    }
                    return new Available(procedure.name(), busy ? "Another run of this project is not over." : null);
                })
                .toList();
    }

    @Override
    public Run start(String slug, ProcedureName name, @Nullable String planVersion, @Nullable String confirmation) {
        Project shown = projects.get(slug);
        requireWords(shown, name, planVersion, confirmation);
        requireNoOther(shown); // before the lock: a run without an owner must not wait for our plan
        RunLock lock = locks.acquire(shown.id())
                .orElseThrow(() -> refused("Another run of this project is active; wait for it or abort it."));
        return handingOver(lock, () -> {
            Project project = projects.get(slug); // again: the run that held the lock until now may have moved it
            Procedure procedure = engine.procedure(name);
            drawing.forget(procedure);
            Plan plan = drawing.plan(
                    project, procedure, records.active(project.id()).isPresent());
            requireAllowed(plan, planVersion);
            requireConfirmed(plan, confirmation);
            Run run = insert(project, plan);
            engine.execute(project, run, lock);
            return run;
        });
    }

    /** Frees the lock unless the work has given it to the engine; freeing it again does no harm. */
    private static Run handingOver(RunLock lock, Supplier<Run> work) {
        boolean handedOver = false;
        try {
            Run run = work.get();
            handedOver = true;
            return run;
        } finally {
            if (!handedOver) {
                lock.close();
            }
        }
    }

    private Run insert(Project project, Plan plan) {
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
            throw refused("Somebody changed the project meanwhile; nothing was started. Look at the plan again.");
        } catch (DuplicateKeyException e) {
            throw refused("Another run of this project is not over; wait for it, continue it or abort it.");
        }
    }

    private void requireNoOther(Project project) {
        if (records.active(project.id()).isPresent()) {
            throw refused("Another run of this project is not over; wait for it, continue it or abort it.");
        }
    }

    /** Before any server is asked. Who says that a side is gone has said enough, also where it turns out to be there. */
    private static void requireWords(
            Project project, ProcedureName name, @Nullable String planVersion, @Nullable String confirmation) {
        String words = name.confirmation(project.slug());
        if (name.needsConfirmation() && !words.equals(confirmation) && !saysGone(project, name, confirmation)) {
            throw refused((name == ProcedureName.REHEARSE
                            ? "Type “%s” to confirm that this is a rehearsal; nothing was started."
                            : "Type the project's slug “%s” to confirm; nothing was started.")
                    .formatted(words));
        }
        if (name.needsConfirmation() && planVersion == null) {
            throw refused("Name the version of the plan that you have seen (planVersion); nothing was started.");
        }
    }

    private static boolean saysGone(Project project, ProcedureName name, @Nullable String confirmation) {
        return name.endsProject()
                && ProcedureName.confirmationWithout(
                                project.slug(), project.servingSide().other())
                        .equals(confirmation);
    }

    /** A run leaves no side out unless somebody has said so, in words that say nothing else. */
    private static void requireConfirmed(Plan plan, @Nullable String confirmation) {
        LeftOut leftOut = plan.leftOut();
        if (leftOut != null && !leftOut.confirmation().equals(confirmation)) {
            throw refused(leftOut.question() + " Nothing was started.");
        }
    }

    private static void requireAllowed(Plan plan, @Nullable String planVersion) {
        if (!plan.allowed()) {
            throw new RunRefused(plan.blockedReasons());
        }
        if (planVersion != null && !planVersion.equals(plan.version())) {
            throw refused("The plan has changed since you saw it: it is now version %s. Look at it again."
                    .formatted(plan.shortVersion()));
        }
    }

    @Override
    public Run abort(String slug, int number) {
        Run run = existing(projects.get(slug), number);
        return switch (run.status()) {
            case BLOCKED -> abortBlocked(slug, number);
            case RUNNING -> {
                if (!records.requestAbort(run.id(), actor.name())) {
                    throw refused("Run %d is past the point of no return: it can only be continued.".formatted(number));
                }
                engine.abort(run.id(), actor.name()); // where it is executed here, at once
                yield run;
            }
            case ABORTING, SUCCEEDED, ABORTED ->
                throw refused("Run %d is %s and cannot be aborted.".formatted(number, run.status()));
        };
    }

    private Run abortBlocked(String slug, int number) {
        return withBlocked(slug, number, (project, run, lock) -> {
            if (engine.journal(run.id()).stream().anyMatch(JournalEntry::isPivot)) {
                throw refused("Run %d is past the point of no return: it can only be continued.".formatted(number));
            }
            String outcome = "Aborted by " + actor.name() + ".";
            records.move(run, run.epoch(), RunStatus.BLOCKED, RunStatus.ABORTING, outcome, null);
            Run aborting = existing(project, number);
            engine.takeUp(project, aborting, lock);
            return aborting;
        });
    }

    @Override
    public Run resume(String slug, int number) {
        return withBlocked(slug, number, (project, run, lock) -> {
            requireNotStopped(run);
            engine.takeUp(project, run, lock);
            return run;
        });
    }

    /**
     * Under an order to stop all runs this one would be aborted at its first step, and what it keeps be thrown away. One
     * that goes back, or is past the pivot, is not aborted by an order either.
     */
    private void requireNotStopped(Run run) {
        boolean decided =
                engine.journal(run.id()).stream().anyMatch(entry -> entry.isPivot() || entry.event() == Event.UNDOING);
        if (!decided) {
            stopSwitch.order().ifPresent(order -> {
                throw refused(order.sentence());
            });
        }
    }

    private Run withBlocked(String slug, int number, Continuation continuation) {
        Project shown = projects.get(slug);
        RunLock lock = locks.acquire(shown.id()).orElseThrow(() -> refused("A run of this project is being executed."));
        return handingOver(lock, () -> {
            Project project = projects.get(slug);
            Run run = existing(project, number);
            if (run.status() != RunStatus.BLOCKED) {
                throw refused("Run %d is %s; only a blocked run can be continued.".formatted(number, run.status()));
            }
            return continuation.of(project, run, lock);
        });
    }

    private Run existing(Project project, int number) {
        return records.find(project.id(), number).orElseThrow(() -> noSuchRun(number));
    }

    @Override
    public Optional<Run> run(String slug, int number) {
        return records.find(projects.get(slug).id(), number);
    }

    @Override
    public List<Run> runs(String slug) {
        return records.of(projects.get(slug).id());
    }

    @Override
    public List<JournalEntry> journal(String slug, int number) {
        return run(slug, number).map(run -> engine.journal(run.id())).orElseThrow(() -> noSuchRun(number));
    }

    @Override
    public Optional<PauseReading> pause(String slug, int number) {
        return run(slug, number).flatMap(run -> engine.pause(run.id()));
    }

    private static RunRefused refused(String reason) {
        return new RunRefused(List.of(reason));
    }

    private static RunRefused noSuchRun(int number) {
        return refused("There is no run " + number + " in this project.");
    }

    /** What is done to a blocked run under its lock. */
    private interface Continuation {
        Run of(Project project, Run run, RunLock lock);
    }
}
