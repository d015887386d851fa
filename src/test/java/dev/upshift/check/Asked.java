package dev.upshift.check;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.project.Project;
import java.util.List;

/** One check, asked as a plan asks it, over ports that a test brings. */
public final class Asked {

    private Asked() {}

    /** @param given as {@link ExamplePorts#of} takes them */
    public static GuardResult guard(Check<Inspection> check, Project project, Object... given) {
        return outcome(check, project, given).guard();
    }

    public static CheckOutcome outcome(Check<Inspection> check, Project project, Object... given) {
        try (ProjectInspection inspected = ProjectInspection.of(project, ExamplePorts.of(given))) {
            return CheckList.<Inspection>of(List.of(check)).ask(inspected).getFirst();
        }
    }
}
