package dev.upshift.procedure.internal.closing;

import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.PlannedFences;
import dev.upshift.procedure.internal.common.PlannedHeldBackSchemas;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.Ownership;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Script;
import dev.upshift.procedure.internal.engine.SimpleStep;
import dev.upshift.procedure.internal.engine.Step;
import dev.upshift.procedure.internal.engine.StepOutcome;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Finish and abandon: both take every link and the helper schema away, prove it, and end the project. */
final class ClosingProcedure implements Procedure {

    private static final String DROP_LINKS = "drop-links";

    private static final Duration SERVERS = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ProcedureName name;
    private final Set<Phase> phases;
    private final Phase end;
    private final Tools tools;

    ClosingProcedure(ProcedureName name, Set<Phase> phases, Phase end, Tools tools) {
        this.name = name;
        this.phases = phases;
        this.end = end;
        this.tools = tools;
    }

    @Override
    public ProcedureName name() {
        return name;
    }

    @Override
    public Set<Phase> phases() {
        return phases;
    }

    @Override
    public Examination examine(Project project) {
        if (project.phase() == Phase.DRAFT) {
            return Examination.of(List.of());
        }
        try (SessionPool pool = pool(project)) {
            GuardBook book = new GuardBook();
            for (Side side : Side.values()) {
                book.look("%s-reachable".formatted(side.word()), "The " + side.word() + " answers.", () -> {
                    project.databases().forEach(database -> pool.work(side, database));
                    return List.of();
                });
            }
            return Examination.of(book.results());
        }
    }

    private SessionPool pool(Project project) {
        return new SessionPool(tools.sessions(), project, PostgresSessions.SHORT);
    }

    @Override
    public Optional<Script> recording(Project project, PlanPorts ports) {
        RecordingPorts servers = ports.servers();
        Tools recording = new Tools(
                servers.sessions(),
                new LinkCleaning(servers.links(), servers.helperSchema()),
                servers.helperSchema(),
                new PlannedHeldBackSchemas(tools.heldBack()),
                servers.fence(),
                new PlannedFences(tools.fences()),
                ports.projects());
        return Optional.of(new ClosingProcedure(name, phases, end, recording).script(project));
    }

    @Override
    public Script script(Project project) {
        SessionPool pool = pool(project);
        AtomicReference<String> told = new AtomicReference<>("");
        Step recordEnd = SimpleStep.step("record-end", "Record that the project is over.", run -> {
                    told.set(success(project, pool)); // here it may fail and be tried again
                    return end(project);
                })
                .keptOnFailure();
        // a run that died after it had recorded the end finds it recorded: the servers are clean, or were never touched
        boolean nothingToDrop = project.phase() == Phase.DRAFT || project.phase() == end;
        List<Step> steps = nothingToDrop ? List.of(recordEnd) : steps(project, pool, recordEnd);
        return new Closing(pool, steps, () -> told.get().isEmpty() ? success(project, pool) : told.get());
    }

    private List<Step> steps(Project project, SessionPool pool, Step recordEnd) {
        List<Step> steps = new ArrayList<>();
        steps.add(SimpleStep.step(DROP_LINKS, "Drop every subscription, slot and publication of ours.", run -> {
                    for (String database : project.databases()) {
                        for (Direction direction : Direction.values()) {
                            tools.cleaning().dropLink(pool, project, database, direction);
                        }
                    }
                    return StepOutcome.done("No link is left.");
                })
                .within(SERVERS)
                .keptOnFailure());
        steps.add(SimpleStep.step(
                        "drop-helper-schema",
                        "Drop the schema " + HelperSchema.NAME + " on both sides.",
                        run -> dropHelperSchema(project, pool))
                .within(SERVERS)
                .keptOnFailure());
        steps.add(SimpleStep.step("prove-clean", "Prove that nothing of ours is left on either side.", run -> {
                    List<String> left = tools.cleaning().left(pool, project);
                    return left.isEmpty()
                            ? StepOutcome.done("Nothing of ours is left on either side.")
                            : StepOutcome.retry("Still there: " + String.join(", ", left) + ".", AGAIN);
                })
                .within(Duration.ofMinutes(1))
                .keptOnFailure());
        if (end == Phase.ABANDONED) {
            steps.add(fences(project, pool).lifting().within(SERVERS).keptOnFailure());
        }
        steps.add(recordEnd);
        return steps;
    }

    private LeftFences fences(Project project, SessionPool pool) {
        return new LeftFences(project, pool, tools.fence(), tools.fences());
    }

    private StepOutcome dropHelperSchema(Project project, SessionPool pool) {
        for (String database : project.databases()) {
            for (Side side : Side.values()) {
                pool.reliably(side, database, Role.WORK, session -> {
                    tools.helperSchema().drop(session);
                    return database;
                });
            }
        }
        return StepOutcome.done("The helper schema is gone.");
    }

    private StepOutcome end(Project project) {
        project.databases().forEach(database -> tools.heldBack().forget(project.id(), database));
        if (tools.projects().get(project.slug()).phase() != end) {
            tools.projects().transition(project.slug(), end, project.servingSide());
        }
        return StepOutcome.done("The project is " + end.words() + ".");
    }

    private String success(Project project, SessionPool pool) {
        return end == Phase.FINISHED
                ? "The upgrade is finished: the target serves, nothing of ours is left. The source stays fenced, so that no"
                        + " forgotten client writes there; switch it off when you like."
                        + fences(project, pool).howToLift(Side.SOURCE)
                : "The project is abandoned: the %s serves as before, nothing of ours is left there. What was copied to the target stays until you drop it; no fence of ours keeps anybody from writing there."
                        .formatted(project.servingSide().word());
    }

    /** What both procedures work with. */
    record Tools(
            PostgresSessions sessions,
            LinkCleaning cleaning,
            HelperSchema helperSchema,
            HeldBackSchemas heldBack,
            Fence fence,
            RaisedFences fences,
            Projects projects) {}

    /** @param told what is said in the end, also by a process that finds the last step done */
    private record Closing(SessionPool pool, List<Step> steps, Supplier<String> told) implements Script {
        @Override
        public String success() {
            return told.get();
        }

        @Override
        public String aborted(String reason, Predicate<Step> begun) {
            boolean dropped = steps.stream()
                    .filter(step -> step.name().equals(DROP_LINKS))
                    .anyMatch(begun);
            return dropped
                    ? reason
                            + " Links that were dropped by then are gone, a way back among them, and are not made again:"
                            + " start it once more to bring it to its end."
                    : reason;
        }

        @Override
        public void ownedBy(Ownership ownership) {
            pool.ownedBy(ownership);
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
