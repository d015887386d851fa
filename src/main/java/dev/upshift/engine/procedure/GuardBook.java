package dev.upshift.engine.procedure;

import dev.upshift.engine.Plan.GuardResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what guards say; a guard that could not look is blocked, never allowed. */
public final class GuardBook {

    private final List<GuardResult> results = new ArrayList<>();

    /**
     * Notes one guard, and answers whether it allows.
     *
     * @param fine what is said when there are no objections
     * @param look answers objections, each one sentence
     */
    public boolean look(String guard, String fine, Supplier<List<String>> look) {
        return look(guard, fine, false, look);
    }

    /**
     * The same, but what is objected to is let pass, and still said, where the project accepts it. That nobody could look
     * is accepted by no project.
     */
    public boolean look(String guard, String fine, boolean accepted, Supplier<List<String>> look) {
        GuardResult result = evaluate(guard, fine, accepted, look);
        results.add(result);
        return result.allowed();
    }

    /** Notes a guard that stands in nobody's way: what was seen is told, and only not being able to look blocks. */
    public void tell(String guard, String fine, Supplier<List<String>> look) {
        judge(guard, () -> {
            List<String> seen = look.get();
            return new GuardResult(guard, true, seen.isEmpty() ? fine : String.join(" ", seen));
        });
    }

    /** Notes a guard that words its result itself, good or bad. */
    public boolean judge(String guard, Supplier<GuardResult> look) {
        GuardResult result;
        try {
            result = look.get();
        } catch (RuntimeException e) {
            result = new GuardResult(guard, false, Reasons.of(e));
        }
        results.add(result);
        return result.allowed();
    }

    private static GuardResult evaluate(String guard, String fine, boolean accepted, Supplier<List<String>> look) {
        try {
            List<String> objections = look.get();
            if (objections.isEmpty()) {
                return new GuardResult(guard, true, fine);
            }
            String all = String.join(" ", objections);
            return new GuardResult(guard, accepted, accepted ? "Accepted for this project: " + all : all);
        } catch (RuntimeException e) {
            return new GuardResult(guard, false, Reasons.of(e));
        }
    }

    /** Notes what others have looked at. */
    public void addAll(List<GuardResult> others) {
        results.addAll(others);
    }

    public List<GuardResult> results() {
        return List.copyOf(results);
    }
}
