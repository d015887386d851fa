package dev.upshift.engine.internal.plan;

import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.project.Project;
import java.util.List;

/** Finds out what the steps of a procedure would do, without doing it. */
public interface Planner {

    /** Performs the steps over ports that record. Changes nothing, and takes seconds at most. */
    Recording record(Project project, Procedure procedure);

    /**
     * @param steps with what people are shown
     * @param basis everything that was recorded, whole, for the plan's version
     */
    record Recording(List<PlannedStep> steps, List<String> basis) {}
}
