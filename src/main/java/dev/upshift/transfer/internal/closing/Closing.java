package dev.upshift.transfer.internal.closing;

import dev.upshift.check.Inspection;
import dev.upshift.check.Memo;
import dev.upshift.check.ProjectInspection;
import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/** A project that is to end, looked at: what became of the side that does not serve. */
record Closing(ProjectInspection inspected, IdleDatabases databases) implements Inspection, AutoCloseable {

    /** Opens sessions when they are first asked for. */
    static Closing of(Project project, Ports ports) {
        ProjectInspection inspected = ProjectInspection.of(project, ports);
        return new Closing(inspected, new Clearing(project, ports, inspected.pool()).databases());
    }

    /**
     * The side that does not serve, if nobody gets in there: the one that serves has to be there. Nobody is in a database
     * that has another name now, and it is not gone.
     */
    Optional<LeftOut> leftOut() {
        return memo().once(LeftOut.class, () -> {
            Side idle = project().servingSide().other();
            return Reach.failure(pool(), project(), idle)
                    .filter(away -> databases.renamed(idle).isEmpty())
                    .map(away -> new Remains(project(), idle, ports().records().fences()).leftOut(Reasons.of(away)));
        });
    }

    /** @see IdleDatabases#dropped */
    List<String> dropped(Side side) {
        return memo().once(List.of(Closing.class, side), () -> databases.dropped(side));
    }

    @Override
    public Project project() {
        return inspected.project();
    }

    @Override
    public Ports ports() {
        return inspected.ports();
    }

    @Override
    public SessionPool pool() {
        return inspected.pool();
    }

    @Override
    public Memo memo() {
        return inspected.memo();
    }

    @Override
    public void close() {
        inspected.close();
    }
}
