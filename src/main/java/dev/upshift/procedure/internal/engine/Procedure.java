package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.Plan.GuardResult;
import dev.upshift.procedure.Plan.LeftOut;
import dev.upshift.procedure.Plan.PoolerDifference;
import dev.upshift.procedure.Plan.Rehearsed;
import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.Run;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that the engine can do to a project: when it may, why not, and by which steps. */
public interface Procedure {

    ProcedureName name();

    Set<Phase> phases();

    /** Looks at the servers now. */
    Examination examine(Project project);

    /** The next examination asks servers anew also what earlier ones have remembered. */
    default void forget() {}

    /** The steps for this project; touches no server. */
    Script script(Project project);

    /** The steps of a run of this project, as it was confirmed; touches no server. */
    default Script script(Project project, Run run) {
        return script(project);
    }

    /**
     * The same steps over ports that record; empty if this procedure cannot be recorded. Only ever performed for a plan.
     */
    default Optional<Script> recording(Project project, PlanPorts ports) {
        return Optional.empty();
    }

    /**
     * What was seen.
     *
     * @param basis everything that the plan relies on besides the project itself, e.g. the poolers' configuration; goes
     *     into the plan version
     * @param rehearsed the last rehearsal of what is examined, if there was one
     * @param leftOut the side that a run would go on without, if there is one
     */
    record Examination(
            List<GuardResult> guards,
            List<PoolerDifference> differences,
            List<String> basis,
            Optional<Rehearsed> rehearsed,
            Optional<LeftOut> leftOut) {

        public static Examination of(List<GuardResult> guards) {
            return of(guards, Optional.empty());
        }

        /** Which side is left out is part of what a run relies on. */
        public static Examination of(List<GuardResult> guards, Optional<LeftOut> leftOut) {
            List<String> basis = leftOut.stream()
                    .map(out -> "without the " + out.side().word())
                    .toList();
            return new Examination(guards, List.of(), basis, Optional.empty(), leftOut);
        }
    }
}
