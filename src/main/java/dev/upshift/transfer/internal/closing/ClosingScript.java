package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.RunFacts;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SimpleStep;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The steps that end a project: with both sides, or without the one that is gone. */
final class ClosingScript implements Script {

    private static final String DROP_LINKS = "drop-links";

    /** The step that writes down what stays on a side that is gone. */
    static final String NAME_REMAINS = "name-what-stays";

    private static final List<Side> BOTH = List.of(Side.values());

    private static final Duration SERVERS = Duration.ofMinutes(10);
    private static final Duration PROOF = Duration.ofMinutes(1);

    private final Project project;
    private final Phase end;
    private final Optional<Side> gone;
    private final Ports ports;
    private final SessionPool pool;
    private final Clearing clearing;
    private final List<Step> steps;

    /** What is said in the end, once it is known; a process that finds the last step done asks anew. */
    private volatile String told = "";

    ClosingScript(Project project, Phase end, Optional<Side> gone, Ports ports) {
        this.project = project;
        this.end = end;
        this.gone = gone;
        this.ports = ports;
        this.pool = new SessionPool(ports, project, PostgresSessions.SHORT);
        this.clearing = new Clearing(project, ports, pool);
        this.steps = all();
    }

    private List<Step> all() {
        List<Step> all = new ArrayList<>();
        // a run that died after it had recorded the end finds it recorded: the servers are clean, or were never touched
        boolean nothingToDrop = project.phase() == Phase.DRAFT || project.phase() == end;
        if (!nothingToDrop) {
            gone.ifPresentOrElse(side -> withoutOne(side, all), () -> withBoth(all));
        }
        all.add(SimpleStep.step("record-end", "Record that the project is over.", run -> recordEnd())
                .keptOnFailure());
        return List.copyOf(all);
    }

    private void withBoth(List<Step> all) {
        all.add(SimpleStep.step(
                        DROP_LINKS,
                        "Drop every subscription, slot and publication of ours.",
                        run -> clearing.dropLinks())
                .within(SERVERS)
                .keptOnFailure());
        all.add(SimpleStep.step(
                        "drop-helper-schema",
                        "Drop the schema " + HelperSchema.NAME + " on both sides.",
                        run -> clearing.dropHelperSchema())
                .within(SERVERS)
                .keptOnFailure());
        all.add(SimpleStep.step(
                        "prove-clean",
                        "Prove that nothing of ours is left on either side.",
                        run -> clearing.proveClean())
                .within(PROOF)
                .keptOnFailure());
        liftFences(BOTH, all);
    }

    private void liftFences(List<Side> sides, List<Step> all) {
        if (end == Phase.ABANDONED) {
            all.add(fences(sides).lifting().within(SERVERS).keptOnFailure());
        }
    }

    /** Without a word to the side that is gone; and not at all if it is back. */
    private void withoutOne(Side away, List<Step> all) {
        Side side = away.other();
        String there = "on the " + side.word();
        all.add(SimpleStep.step(
                        "see-side-gone",
                        "See that the %s still does not answer, before anything is done without it."
                                .formatted(away.word()),
                        run -> clearing.seeGone(away))
                .within(PROOF));
        all.add(SimpleStep.step(
                        DROP_LINKS,
                        "Drop every subscription, slot and publication of ours %s.".formatted(there),
                        run -> clearing.dropLinks(side))
                .within(SERVERS)
                .keptOnFailure());
        all.add(SimpleStep.step(
                        "drop-helper-schema",
                        "Drop the schema %s %s.".formatted(HelperSchema.NAME, there),
                        run -> clearing.dropHelperSchema(List.of(side)))
                .within(SERVERS)
                .keptOnFailure());
        all.add(SimpleStep.step(
                        "prove-clean",
                        "Prove that nothing of ours is left %s.".formatted(there),
                        run -> clearing.proveClean(side))
                .within(PROOF)
                .keptOnFailure());
        liftFences(List.of(side), all);
        all.add(SimpleStep.step(
                        NAME_REMAINS,
                        "Write down what stays on the %s, and how it is removed by hand.".formatted(away.word()),
                        run -> {
                            remains(away).lines().forEach(run::progress);
                            return StepOutcome.done("What stays on the %s is written down.".formatted(away.word()));
                        })
                .keptOnFailure());
    }

    private Remains remains(Side away) {
        return new Remains(project, away, ports.records().fences());
    }

    private LeftFences fences(List<Side> sides) {
        return new LeftFences(project, sides, pool, clearing.databases(), ports);
    }

    private StepOutcome recordEnd() {
        told = outcome(); // here it may fail and be tried again
        project.databases().forEach(database -> ports.records().heldBack().forget(project.id(), database));
        ports.records().links().forget(project.id());
        if (ports.projects().get(project.slug()).phase() != end) {
            ports.projects().transition(project.slug(), end, project.servingSide());
        }
        return StepOutcome.done("The project is " + end.words() + ".");
    }

    private String outcome() {
        return gone.map(this::outcomeWithout).orElseGet(this::outcomeWithBoth);
    }

    private String outcomeWithout(Side away) {
        return "The %s: the %s serves%s, nothing of ours is left there. %s"
                .formatted(
                        end == Phase.FINISHED ? "upgrade is finished" : "project is abandoned",
                        project.servingSide().word(),
                        end == Phase.FINISHED ? "" : " as before",
                        remains(away).sentences());
    }

    private String outcomeWithBoth() {
        return end == Phase.FINISHED
                ? "The upgrade is finished: the target serves, nothing of ours is left. The source stays fenced, so that no"
                        + " forgotten client writes there; switch it off when you like."
                        + fences(BOTH).howToLift(Side.SOURCE)
                : "The project is abandoned: the %s serves as before, nothing of ours is left there. What was copied to the target stays until you drop it; no fence of ours keeps anybody from writing there."
                        .formatted(project.servingSide().word());
    }

    @Override
    public List<Step> steps() {
        return steps;
    }

    @Override
    public String success() {
        return told.isEmpty() ? outcome() : told;
    }

    @Override
    public String success(RunFacts facts) {
        return success() + facts.get(Clearing.UNKNOWN_COPIES).orElse("");
    }

    @Override
    public String aborted(String reason, Predicate<Step> begun) {
        boolean dropped =
                steps.stream().filter(step -> step.name().equals(DROP_LINKS)).anyMatch(begun);
        return dropped
                ? reason
                        + " Links that were dropped by then are gone, a way back among them, and are not made again:"
                        + " start it once more to bring it to its end."
                : reason;
    }

    @Override
    public void close() {
        pool.close();
    }
}
