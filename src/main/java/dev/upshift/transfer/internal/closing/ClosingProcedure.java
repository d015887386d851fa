package dev.upshift.transfer.internal.closing;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Procedure;
import dev.upshift.engine.procedure.Procedure.Examination;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.transfer.KnownEquality;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finish and abandon: both take every link and the helper schema away, prove it, and end the project. */
final class ClosingProcedure implements Procedure {

    private final ProcedureName name;
    private final Set<Phase> phases;
    private final Phase end;
    private final KnownEquality equality;

    /** @param equality says how equal both sides are known to be */
    ClosingProcedure(ProcedureName name, Set<Phase> phases, Phase end, KnownEquality equality) {
        this.name = name;
        this.phases = phases;
        this.end = end;
        this.equality = equality;
    }

    @Override
    public ProcedureName name() {
        return name;
    }

    @Override
    public Set<Phase> phases() {
        return phases;
    }

    @Override
    public Examination examine(Project project, Ports ports) {
        if (project.phase() == Phase.DRAFT) {
            return Examination.of(List.of());
        }
        try (SessionPool pool = new SessionPool(ports, project, PostgresSessions.SHORT)) {
            IdleDatabases databases = new Clearing(project, ports, pool).databases();
            Optional<LeftOut> leftOut = leftOut(project, ports, pool);
            GuardBook book = new GuardBook();
            for (Side side : Side.values()) {
                boolean looks = leftOut.filter(out -> out.side() == side).isEmpty();
                String guard = "%s-reachable".formatted(side.word());
                book.judge(guard, () -> {
                    List<String> dropped = looks ? databases.dropped(side) : List.of();
                    if (looks) {
                        project.databases().stream()
                                .filter(database -> !dropped.contains(database))
                                .forEach(database -> pool.work(side, database));
                    }
                    return new GuardResult(guard, true, told(side, leftOut, dropped));
                });
            }
            if (end == Phase.FINISHED) {
                book.judge("verification", () -> new GuardResult("verification", true, equality.told(project)));
            }
            return Examination.of(book.results(), leftOut);
        }
    }

    private static String told(Side side, Optional<LeftOut> leftOut, List<String> dropped) {
        return leftOut.filter(out -> out.side() == side)
                .map(LeftOut::question)
                .orElse("The " + side.word() + " answers."
                        + (dropped.isEmpty()
                                ? ""
                                : " Dropped there, so that nothing of ours can be left in it: %s."
                                        .formatted(Names.some(dropped))));
    }

    /**
     * The side that does not serve, if nobody gets in there: the one that serves has to be there. Nobody is in a database
     * that has another name now, and it is not gone.
     */
    private static Optional<LeftOut> leftOut(Project project, Ports ports, SessionPool pool) {
        Side idle = project.servingSide().other();
        IdleDatabases databases = new Clearing(project, ports, pool).databases();
        return Reach.failure(pool, project, idle)
                .filter(away -> databases.renamed(idle).isEmpty())
                .map(away -> new Remains(project, idle, ports.records().fences()).leftOut(Reasons.of(away)));
    }

    /** As {@link #examine} sees it, with the same patience. */
    @Override
    public Optional<Side> without(Project project, Ports ports) {
        if (project.phase() == Phase.DRAFT) {
            return Optional.empty();
        }
        try (SessionPool pool = new SessionPool(ports, project, PostgresSessions.SHORT)) {
            return leftOut(project, ports, pool).map(LeftOut::side);
        }
    }

    @Override
    public Script script(Project project, Optional<Side> without, Ports ports) {
        return new ClosingScript(project, end, without, ports);
    }
}
