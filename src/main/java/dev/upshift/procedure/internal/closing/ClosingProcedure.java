package dev.upshift.procedure.internal.closing;

import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.PlannedHeldBackSchemas;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finish and abandon: both take every link and the helper schema away, prove it, and end the project. */
final class ClosingProcedure implements Procedure {

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
                ports.projects());
        return Optional.of(new ClosingProcedure(name, phases, end, recording).script(project));
    }

    @Override
    public Script script(Project project) {
        SessionPool pool = pool(project);
        // a run that died after it had recorded the end finds it recorded: the servers are clean, or were never touched
        boolean nothingToDrop = project.phase() == Phase.DRAFT || project.phase() == end;
        return new Closing(pool, nothingToDrop ? List.of(recordEnd(project)) : steps(project, pool), success(project));
    }

    private List<Step> steps(Project project, SessionPool pool) {
        return List.of(
                SimpleStep.step("drop-links", "Drop every subscription, slot and publication of ours.", run -> {
                            for (String database : project.databases()) {
                                for (Direction direction : Direction.values()) {
                                    tools.cleaning().dropLink(pool, project, database, direction);
                                }
                            }
                            return StepOutcome.done("No link is left.");
                        })
                        .within(SERVERS)
                        .keptOnFailure(),
                SimpleStep.step(
                                "drop-helper-schema",
                                "Drop the schema " + HelperSchema.NAME + " on both sides.",
                                run -> dropHelperSchema(project, pool))
                        .within(SERVERS)
                        .keptOnFailure(),
                SimpleStep.step("prove-clean", "Prove that nothing of ours is left on either side.", run -> {
                            List<String> left = tools.cleaning().left(pool, project);
                            return left.isEmpty()
                                    ? StepOutcome.done("Nothing of ours is left on either side.")
                                    : StepOutcome.retry("Still there: " + String.join(", ", left) + ".", AGAIN);
                        })
                        .within(Duration.ofMinutes(1))
                        .keptOnFailure(),
                recordEnd(project));
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

    private Step recordEnd(Project project) {
        return SimpleStep.step("record-end", "Record that the project is over.", run -> end(project))
                .keptOnFailure();
    }

    private StepOutcome end(Project project) {
        project.databases().forEach(database -> tools.heldBack().forget(project.id(), database));
        if (tools.projects().get(project.slug()).phase() != end) {
            tools.projects().transition(project.slug(), end, project.servingSide());
        }
        return StepOutcome.done("The project is " + end.words() + ".");
    }

    private String success(Project project) {
        return end == Phase.FINISHED
                ? "The upgrade is finished: the target serves, nothing of ours is left. The source stays read-only; switch"
                        + " it off when you like."
                : "The project is abandoned: the %s serves as before, nothing of ours is left there. What was copied to the target stays until you drop it."
                        .formatted(project.servingSide().word());
    }

    /** What both procedures work with. */
    record Tools(
            PostgresSessions sessions,
            LinkCleaning cleaning,
            HelperSchema helperSchema,
            HeldBackSchemas heldBack,
            Projects projects) {}

    private record Closing(SessionPool pool, List<Step> steps, String success) implements Script {
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
