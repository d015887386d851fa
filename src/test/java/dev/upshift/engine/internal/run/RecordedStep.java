package dev.upshift.engine.internal.run;

import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A step whose side effect is its name in a set that outlives every process. Behaves unless told otherwise. */
final class RecordedStep implements Step {

    private final String name;
    private final Part part;
    private final Set<String> effects;
    private final Chronicle chronicle;
    private final Deque<Function<RunContext, StepOutcome>> troubles = new ArrayDeque<>();
    private final Deque<RuntimeException> undoTroubles = new ArrayDeque<>();
    private Duration deadline = Duration.ofHours(1);
    private boolean keeps;
    private boolean undoneFirst;
    private boolean beside;
    private boolean looks;
    private Map<String, String> facts = Map.of();

    RecordedStep(String name, Part part, Set<String> effects, Chronicle chronicle) {
        this.name = name;
        this.part = part;
        this.effects = effects;
        this.chronicle = chronicle;
    }

    /** The next attempt ends so instead of succeeding; its side effect has happened all the same. */
    RecordedStep first(StepOutcome outcome) {
        return first(run -> outcome);
    }

    RecordedStep first(Function<RunContext, StepOutcome> trouble) {
        troubles.add(trouble);
        return this;
    }

    RecordedStep firstUndo(RuntimeException trouble) {
        undoTroubles.add(trouble);
        return this;
    }

    RecordedStep within(Duration newDeadline) {
        deadline = newDeadline;
        return this;
    }

    RecordedStep kept() {
        keeps = true;
        return this;
    }

    RecordedStep undoneFirst() {
        undoneFirst = true;
        return this;
    }

    RecordedStep beside() {
        beside = true;
        return this;
    }

    /** Changes nothing that would have to be taken back. */
    RecordedStep looking() {
        looks = true;
        return this;
    }

    RecordedStep finding(Map<String, String> found) {
        facts = found;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Part part() {
        return part;
    }

    @Override
    public String sentence() {
        return "Do " + name + ".";
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public StepOutcome perform(RunContext run) {
        if (part != Part.PIVOT) {
            change("do " + name, () -> {
                if (!looks) {
                    effects.add(name);
                }
            });
        }
        Function<RunContext, StepOutcome> trouble = troubles.poll();
        return trouble == null ? StepOutcome.done("Did " + name + ".", facts) : trouble.apply(run);
    }

    @Override
    public void undo(RunContext run) {
        RuntimeException trouble = undoTroubles.poll();
        if (trouble != null) {
            chronicle.add("cannot undo " + name);
            throw trouble;
        }
        change("undo " + name, () -> effects.remove(name));
    }

    private void change(String what, Runnable change) {
        chronicle.moment("before " + what);
        change.run();
        chronicle.add(what);
        chronicle.moment("after " + what);
    }

    @Override
    public boolean hasUndo() {
        return !looks && (part == Part.BEFORE || part == Part.WINDOW);
    }

    @Override
    public boolean isUndoneFirst() {
        return undoneFirst;
    }

    @Override
    public boolean isBesidePrevious() {
        return beside;
    }

    @Override
    public boolean leavesNothing() {
        return looks;
    }

    @Override
    public boolean keepsOnFailure() {
        return keeps;
    }
}
