package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.Plan.PlannedStep;
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
