package dev.upshift.engine.internal.walk;

import dev.upshift.engine.procedure.Step;
import java.util.ArrayList;
import java.util.List;

/** The steps of a script in the order in which they are done: most alone, some beside each other. */
final class StepGroups {

    private StepGroups() {}

    /** Every group has at least one step; all together are the steps in their order. */
    static List<List<Step>> of(List<Step> steps) {
        List<List<Step>> groups = new ArrayList<>();
        for (Step step : steps) {
            if (groups.isEmpty() || !step.isBesidePrevious()) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(step);
        }
        return groups.stream().map(List::copyOf).toList();
    }
}
