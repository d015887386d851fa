package dev.upshift.engine.internal.plan;

import dev.upshift.engine.Plan.ActionKind;
import dev.upshift.engine.Plan.PlannedAction;
import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.internal.plan.Planner.Recording;
import dev.upshift.engine.procedure.Step;
import dev.upshift.pooler.RecordedAction;
import dev.upshift.postgres.Recorded;
import dev.upshift.project.Project;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is recorded, step by step: a few actions of each for people, all of them for the plan's version. */
final class ActionBook {

    /** Of a step's actions the first this many are shown: all of a few poolers, not thousands of sequences. */
    private static final int SHOWN = 50;

    private final Project project;
    private final List<PlannedStep> steps = new ArrayList<>();
    private final List<String> basis = new ArrayList<>();
    private List<NotedAction> current = new ArrayList<>();
    private @Nullable Step step;

    ActionBook(Project project) {
        this.project = project;
    }

    void turnTo(Step next) {
        step = next;
        current = new ArrayList<>();
    }

    void note(Recorded recorded) {
        ActionKind kind = switch (recorded.kind()) {
            case STATEMENT -> ActionKind.STATEMENT;
            case COMMAND -> ActionKind.COMMAND;
        };
        String where = side(recorded.server()) + "/" + recorded.database();
        current.add(new NotedAction(kind, where, recorded.text(), recorded.shown(), recorded.condition()));
    }

    void note(RecordedAction recorded) {
        ActionKind kind = switch (recorded.kind()) {
            case CONSOLE -> ActionKind.CONSOLE;
            case FILE -> ActionKind.FILE;
        };
        current.add(new NotedAction(kind, recorded.where(), recorded.text(), recorded.text(), recorded.condition()));
    }

    private String side(Endpoint server) {
        return Arrays.stream(Side.values())
                .filter(side -> project.cluster(side).endpoint().equals(server))
                .findFirst()
                .map(Side::word)
                .orElseGet(server::address);
    }

    /** @param gap why not everything of the step is known; null when it is */
    void leave(@Nullable String gap) {
        Step left = step;
        if (left == null) {
            throw new IllegalStateException("No step was begun");
        }
        List<Repetitions.Counted<NotedAction>> actions = Repetitions.in(current);
        steps.add(new PlannedStep(
                left.name(),
                left.sentence(),
                left.part(),
                actions.stream().limit(SHOWN).map(ActionBook::shown).toList(),
                Math.max(0, actions.size() - SHOWN),
                gap));
        actions.forEach(action -> basis.add(left.name() + " " + action));
        step = null;
    }

    private static PlannedAction shown(Repetitions.Counted<NotedAction> action) {
        NotedAction noted = action.thing();
        return new PlannedAction(noted.kind(), noted.where(), noted.shown(), action.repeated(), noted.condition());
    }

    Recording recording() {
        return new Recording(List.copyOf(steps), List.copyOf(basis));
    }

    /** @param text whole */
    private record NotedAction(
            ActionKind kind,
            String where,
            String text,
            String shown,
            @Nullable String condition) {}
}
