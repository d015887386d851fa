package dev.upshift.check;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;

/** A project as it stands, whatever is to be done with it. */
public record ProjectInspection(Project project, Ports ports, SessionPool pool, Memo memo)
        implements Inspection, AutoCloseable {

    /** Opens sessions when they are first asked for. */
    public static ProjectInspection of(Project project, Ports ports) {
        return new ProjectInspection(
                project, ports, new SessionPool(ports, project, PostgresSessions.SHORT), new Memo());
    }

    @Override
    public void close() {
        pool.close();
    }
}
