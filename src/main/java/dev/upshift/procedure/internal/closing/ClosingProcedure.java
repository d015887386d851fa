package dev.upshift.procedure.internal.closing;

import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.PostgresUnreachable;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.procedure.Plan.GuardResult;
import dev.upshift.procedure.Plan.LeftOut;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.internal.closing.IdleDatabases.RenamedDatabases;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.KnownSubscriber;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.Names;
import dev.upshift.procedure.internal.common.PlannedFences;
import dev.upshift.procedure.internal.common.PlannedHeldBackSchemas;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.Ownership;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.procedure.internal.engine.Reasons;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Finish and abandon: both take every link and the helper schema away, prove it, and end the project. */
final class ClosingProcedure implements Procedure {

    private static final String DROP_LINKS = "drop-links";

    /** The step that writes down what stays on a side that is gone. */
    static final String NAME_REMAINS = "name-what-stays";

    /** Fact: slots of table copies of which nobody knows whose they are. */
    private static final String UNKNOWN_COPIES = "unknownCopies";

    private static final List<Side> BOTH = List.of(Side.values());

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
            IdleDatabases databases = databases(project, pool);
            Optional<LeftOut> leftOut = leftOut(project, pool);
            GuardBook book = new GuardBook();
            for (Side side : Side.values()) {
                boolean looks = leftOut.filter(out -> out.side() == side).isEmpty();
                String guard = "%s-reachable".formatted(side.word());
                book.judge(guard, () -> {
                    List<String> dropped = looks ? databases.dropped(side) : List.of();
                    if (looks) {
                        project.databases().stream()
                                .filter(database -> !dropped.contains(database))
                                .forEach(database -> pool.work(side, database));
                    }
                    return new GuardResult(guard, true, told(side, leftOut, dropped));
                });
            }
            if (end == Phase.FINISHED) {
                book.judge(
                        "verification",
                        () -> new GuardResult(
                                "verification", true, tools.comparison().apply(project)));
            }
            return Examination.of(book.results(), leftOut);
        }
    }

    private static String told(Side side, Optional<LeftOut> leftOut, List<String> dropped) {
        return leftOut.filter(out -> out.side() == side)
                .map(LeftOut::question)
                .orElse("The " + side.word() + " answers."
                        + (dropped.isEmpty()
                                ? ""
                                : " Dropped there, so that nothing of ours can be left in it: %s."
                                        .formatted(Names.some(dropped))));
    }

    private IdleDatabases databases(Project project, SessionPool pool) {
        return new IdleDatabases(project, pool, tools.cleaning(), tools.records());
    }

    private List<String> dropped(Project project, SessionPool pool, Side side) {
        return databases(project, pool).dropped(side);
    }

    /**
     * The side that does not serve, if nobody gets in there: the one that serves has to be there. Nobody is in a database
     * that has another name now, and it is not gone.
     */
    private Optional<LeftOut> leftOut(Project project, SessionPool pool) {
        Side idle = project.servingSide().other();
        return Reach.failure(pool, project, idle)
                .filter(away -> databases(project, pool).renamed(idle).isEmpty())
                .map(away -> new Remains(project, idle, tools.fences()).leftOut(Reasons.of(away)));
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
                tools.records().planned(),
                ports.projects(),
                tools.comparison());
        return Optional.of(new ClosingProcedure(name, phases, end, recording).script(project, missing(project)));
    }

    /** As {@link #examine} sees it, with the same patience. */
    private Optional<Side> missing(Project project) {
        if (project.phase() == Phase.DRAFT) {
            return Optional.empty();
        }
        try (SessionPool pool = pool(project)) {
            return leftOut(project, pool).map(LeftOut::side);
        }
    }

    @Override
    public Script script(Project project) {
        return script(project, Optional.empty());
    }

    @Override
    public Script script(Project project, Run run) {
        return script(project, run.without());
    }

    /** @param gone the side that is left as it is, because somebody has confirmed that it is gone */
    private Script script(Project project, Optional<Side> gone) {
        SessionPool pool = pool(project);
        AtomicReference<String> told = new AtomicReference<>("");
        Step recordEnd = SimpleStep.step("record-end", "Record that the project is over.", run -> {
                    told.set(success(project, pool, gone)); // here it may fail and be tried again
                    return end(project);
                })
                .keptOnFailure();
        // a run that died after it had recorded the end finds it recorded: the servers are clean, or were never touched
        boolean nothingToDrop = project.phase() == Phase.DRAFT || project.phase() == end;
        List<Step> steps = nothingToDrop ? List.of(recordEnd) : new ArrayList<>();
        if (!nothingToDrop) {
            gone.ifPresentOrElse(side -> withOne(project, pool, side, steps), () -> withBoth(project, pool, steps));
            steps.add(recordEnd);
        }
        return new Closing(pool, steps, () -> told.get().isEmpty() ? success(project, pool, gone) : told.get());
    }

    private void withBoth(Project project, SessionPool pool, List<Step> steps) {
        Side idle = project.servingSide().other();
        steps.add(SimpleStep.step(
                        DROP_LINKS,
                        "Drop every subscription, slot and publication of ours.",
                        run -> orSayWhatNext(project, pool, () -> {
                            List<String> dropped = dropped(project, pool, idle);
                            for (String database : project.databases()) {
                                if (dropped.contains(database)) {
                                    dropHalves(project, pool, database, idle.other());
                                } else {
                                    dropLinks(project, pool, database);
                                }
                            }
                            return StepOutcome.done("No link is left.");
                        }))
                .within(SERVERS)
                .keptOnFailure());
        steps.add(SimpleStep.step(
                        "drop-helper-schema",
                        "Drop the schema " + HelperSchema.NAME + " on both sides.",
                        run -> orSayWhatNext(project, pool, () -> dropHelperSchema(project, pool, BOTH)))
                .within(SERVERS)
                .keptOnFailure());
        steps.add(SimpleStep.step(
                        "prove-clean",
                        "Prove that nothing of ours is left on either side.",
                        run -> orSayWhatNext(project, pool, () -> {
                            List<String> left = left(project, pool);
                            return left.isEmpty()
                                    ? proven(
                                            "Nothing of ours is left on either side.",
                                            idle.other(),
                                            unknownCopies(project, pool, idle.other(), dropped(project, pool, idle)))
                                    : StepOutcome.retry("Still there: " + String.join(", ", left) + ".", AGAIN);
                        }))
                .within(Duration.ofMinutes(1))
                .keptOnFailure());
        if (end == Phase.ABANDONED) {
            steps.add(fences(project, pool, BOTH).lifting().within(SERVERS).keptOnFailure());
        }
    }

    private void dropLinks(Project project, SessionPool pool, String database) {
        for (Direction direction : Direction.values()) {
            tools.cleaning().dropLink(pool, project, database, direction);
        }
    }

    private void dropHalves(Project project, SessionPool pool, String database, Side side) {
        for (Direction direction : Direction.values()) {
            String link = LinkNames.link(project.slug(), database, direction);
            tools.cleaning().dropHalf(pool, project, database, direction, side, subscriber(project, link));
        }
    }

    /** PostgreSQL drops no database with a subscription in it, and one without takes all the rest along. */
    private List<String> left(Project project, SessionPool pool) {
        Side side = project.servingSide();
        List<String> dropped = dropped(project, pool, side.other());
        return project.databases().stream()
                .flatMap(database -> dropped.contains(database)
                        ? tools
                                .cleaning()
                                .left(pool, project, database, side, link -> subscriber(project, link))
                                .stream()
                        : tools.cleaning().left(pool, project, database).stream())
                .toList();
    }

    /** Without a word to the side that is gone; and not at all if it is back. */
    private void withOne(Project project, SessionPool pool, Side gone, List<Step> steps) {
        Side side = gone.other();
        String there = "on the " + side.word();
        steps.add(SimpleStep.step(
                        "see-side-gone",
                        "See that the %s still does not answer, before anything is done without it."
                                .formatted(gone.word()),
                        run -> seeGone(project, pool, gone))
                .within(Duration.ofMinutes(1)));
        steps.add(SimpleStep.step(
                        DROP_LINKS,
                        "Drop every subscription, slot and publication of ours %s.".formatted(there),
                        run -> {
                            project.databases().forEach(database -> dropHalves(project, pool, database, side));
                            return StepOutcome.done("No link is left %s.".formatted(there));
                        })
                .within(SERVERS)
                .keptOnFailure());
        steps.add(SimpleStep.step(
                        "drop-helper-schema",
                        "Drop the schema %s %s.".formatted(HelperSchema.NAME, there),
                        run -> dropHelperSchema(project, pool, List.of(side)))
                .within(SERVERS)
                .keptOnFailure());
        steps.add(SimpleStep.step(
                        "prove-clean",
                        "Prove that nothing of ours is left %s.".formatted(there),
                        run -> proveClean(project, pool, side))
                .within(Duration.ofMinutes(1))
                .keptOnFailure());
        if (end == Phase.ABANDONED) {
            steps.add(fences(project, pool, List.of(side))
                    .lifting()
                    .within(SERVERS)
                    .keptOnFailure());
        }
        steps.add(SimpleStep.step(
                        NAME_REMAINS,
                        "Write down what stays on the %s, and how it is removed by hand.".formatted(gone.word()),
                        run -> {
                            remains(project, gone).lines().forEach(run::progress);
                            return StepOutcome.done("What stays on the %s is written down.".formatted(gone.word()));
                        })
                .keptOnFailure());
    }

    private StepOutcome seeGone(Project project, SessionPool pool, Side gone) {
        Optional<PostgresUnreachable> failure = Reach.failure(pool, project, gone);
        Optional<String> renamed =
                failure.flatMap(away -> databases(project, pool).renamed(gone));
        if (renamed.isPresent()) {
            return StepOutcome.failed("Nothing was done. " + renamed.get());
        }
        return failure.map(
                        away -> StepOutcome.done("The %s does not answer: %s".formatted(gone.word(), Reasons.of(away))))
                .orElseGet(() -> StepOutcome.failed(
                        "The %s answers again, so nothing was done. Look at the plan again: it then cleans up there as well."
                                .formatted(gone.word())));
    }

    private Optional<KnownSubscriber> subscriber(Project project, String link) {
        return tools.records().subscriber(project.id(), link);
    }

    private StepOutcome proveClean(Project project, SessionPool pool, Side side) {
        List<String> left = tools.cleaning().left(pool, project, side, link -> subscriber(project, link));
        if (!left.isEmpty()) {
            return StepOutcome.retry("Still there: " + String.join(", ", left) + ".", AGAIN);
        }
        return proven(
                "Nothing of ours is left on the %s.".formatted(side.word()),
                side,
                unknownCopies(project, pool, side, project.databases()));
    }

    private static StepOutcome proven(String proven, Side side, List<String> copies) {
        String unknown = unknown(side, copies);
        return unknown.isEmpty()
                ? StepOutcome.done(proven)
                : StepOutcome.done(proven + unknown, Map.of(UNKNOWN_COPIES, unknown));
    }

    /**
     * Who subscribed may be known no longer: an older version did not keep it, and a subscription that somebody has made
     * again, or a cluster that was upgraded meanwhile, has other numbers.
     *
     * @param databases of which nobody can be asked on the other side
     */
    private List<String> unknownCopies(Project project, SessionPool pool, Side side, List<String> databases) {
        return databases.stream()
                .flatMap(database -> {
                    Optional<KnownSubscriber> known =
                            subscriber(project, LinkNames.link(project.slug(), database, side.outbound()));
                    return tools.cleaning().idleCopies(pool, database, side).stream()
                            .filter(slot ->
                                    known.filter(made -> made.made(slot)).isEmpty());
                })
                .toList();
    }

    private static String unknown(Side side, List<String> slots) {
        return slots.isEmpty()
                ? ""
                : " Slots of unfinished table copies are there that nobody uses; whose they are is not known, so they stay: %1$s. The last number of such a name is the system_identifier of the subscriber's cluster (pg_control_system()). Drop those of the %2$s by hand on the %3$s, or it keeps its log for them: SELECT pg_drop_replication_slot('…');"
                        .formatted(Names.some(slots), side.other().word(), side.word());
    }

    /** What fails because the side that does not serve went away meanwhile can be done without it, by another run. */
    private StepOutcome orSayWhatNext(Project project, SessionPool pool, Supplier<StepOutcome> work) {
        try {
            return work.get();
        } catch (RenamedDatabases renamed) {
            return StepOutcome.failed(Reasons.of(renamed));
        } catch (PostgresUnreachable away) {
            Side idle = project.servingSide().other();
            if (Reach.failure(pool, project, idle).isEmpty()) {
                throw away;
            }
            return StepOutcome.failed(
                    "%s If the %s is gone for good, abort this run and start another: its plan says how to go on without that side."
                            .formatted(Reasons.of(away), idle.word()));
        }
    }

    private Remains remains(Project project, Side gone) {
        return new Remains(project, gone, tools.fences());
    }

    private LeftFences fences(Project project, SessionPool pool, List<Side> sides) {
        return new LeftFences(project, sides, pool, databases(project, pool), tools.fence(), tools.fences());
    }

    private StepOutcome dropHelperSchema(Project project, SessionPool pool, List<Side> sides) {
        for (Side side : sides) {
            List<String> dropped = dropped(project, pool, side);
            for (String database : project.databases()) {
                if (!dropped.contains(database)) {
                    pool.reliably(side, database, Role.WORK, session -> {
                        tools.helperSchema().drop(session);
                        return database;
                    });
                }
            }
        }
        return StepOutcome.done("The helper schema is gone.");
    }

    private StepOutcome end(Project project) {
        project.databases().forEach(database -> tools.heldBack().forget(project.id(), database));
        tools.records().forget(project.id());
        if (tools.projects().get(project.slug()).phase() != end) {
            tools.projects().transition(project.slug(), end, project.servingSide());
        }
        return StepOutcome.done("The project is " + end.words() + ".");
    }

    private String success(Project project, SessionPool pool, Optional<Side> gone) {
        return gone.map(side -> successWithout(project, side)).orElseGet(() -> success(project, pool));
    }

    private String successWithout(Project project, Side gone) {
        return "The %s: the %s serves%s, nothing of ours is left there. %s"
                .formatted(
                        end == Phase.FINISHED ? "upgrade is finished" : "project is abandoned",
                        project.servingSide().word(),
                        end == Phase.FINISHED ? "" : " as before",
                        remains(project, gone).sentences());
    }

    private String success(Project project, SessionPool pool) {
        return end == Phase.FINISHED
                ? "The upgrade is finished: the target serves, nothing of ours is left. The source stays fenced, so that no"
                        + " forgotten client writes there; switch it off when you like."
                        + fences(project, pool, BOTH).howToLift(Side.SOURCE)
                : "The project is abandoned: the %s serves as before, nothing of ours is left there. What was copied to the target stays until you drop it; no fence of ours keeps anybody from writing there."
                        .formatted(project.servingSide().word());
    }

    /**
     * What both procedures work with.
     *
     * @param comparison says how equal both sides are known to be
     */
    record Tools(
            PostgresSessions sessions,
            LinkCleaning cleaning,
            HelperSchema helperSchema,
            HeldBackSchemas heldBack,
            Fence fence,
            RaisedFences fences,
            LinkRecords records,
            Projects projects,
            Function<Project, String> comparison) {}

    /** @param told what is said in the end, also by a process that finds the last step done */
    private record Closing(SessionPool pool, List<Step> steps, Supplier<String> told) implements Script {
        @Override
        public String success() {
            return told.get();
        }

        @Override
        public String success(Map<String, String> facts) {
            return told.get() + facts.getOrDefault(UNKNOWN_COPIES, "");
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
