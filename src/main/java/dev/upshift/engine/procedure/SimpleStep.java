package dev.upshift.engine.procedure;

import dev.upshift.engine.Plan.Part;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A step made of functions, for procedures whose steps need no class of their own. */
public final class SimpleStep implements Step {

    private final String name;
    private final String sentence;
    private final Function<RunContext, StepOutcome> action;
    private Part part = Part.BEFORE;
    private Duration deadline = Duration.ofMinutes(1);
    private boolean keeps;
    private @Nullable Consumer<RunContext> undo;

    private SimpleStep(String name, String sentence, Function<RunContext, StepOutcome> action) {
        this.name = name;
        this.sentence = sentence;
        this.action = action;
    }

    public static SimpleStep step(String name, String sentence, Function<RunContext, StepOutcome> action) {
        return new SimpleStep(name, sentence, action);
    }

    public SimpleStep in(Part newPart) {
        this.part = newPart;
        return this;
    }

    public SimpleStep within(Duration newDeadline) {
        this.deadline = newDeadline;
        return this;
    }

    public SimpleStep undoneBy(Consumer<RunContext> newUndo) {
        this.undo = newUndo;
        return this;
    }

    public SimpleStep keptOnFailure() {
        this.keeps = true;
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
        return sentence;
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public StepOutcome perform(RunContext run) {
        return action.apply(run);
    }

    @Override
    public void undo(RunContext run) {
        if (undo != null) {
            undo.accept(run);
        }
    }

    @Override
    public boolean hasUndo() {
        return undo != null;
    }

    @Override
    public boolean keepsOnFailure() {
        return keeps;
    }
}
