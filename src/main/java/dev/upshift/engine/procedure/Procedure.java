package dev.upshift.engine.procedure;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.Plan.PoolerDifference;
import dev.upshift.engine.Plan.Rehearsed;
import dev.upshift.engine.ProcedureName;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that the engine can do to a project: when it may, why not, and by which steps. */
public interface Procedure {

    ProcedureName name();

    Set<Phase> phases();

    /** Looks at the servers now. */
    Examination examine(Project project, Ports ports);

    /** The next examination asks servers anew also what earlier ones have remembered. */
    default void forget(Ports ports) {}

    /** The side that a run would go on without, because nobody gets in there now and the procedure can do without. */
    default Optional<Side> without(Project project, Ports ports) {
        return Optional.empty();
    }

    /**
     * The steps, over the ports that are handed over: they are performed once for a plan and once or more for a run.
     * Touches no server.
     *
     * @param without the side that is left as it is, because somebody has confirmed that it is gone
     */
    Script script(Project project, Optional<Side> without, Ports ports);

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
