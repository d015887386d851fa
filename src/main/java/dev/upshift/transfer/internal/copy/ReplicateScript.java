package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.Script;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.Step;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import java.util.List;

/** The steps of replicate, with their sessions. From the subscription on, a failure waits instead of undoing the copy. */
final class ReplicateScript implements Script {

    private final SessionPool pool;
    private final RecordReplicating last;
    private final List<Step> steps;

    ReplicateScript(Project project, Ports ports) {
        this.pool = new SessionPool(ports, project, PostgresSessions.LONG);
        ForwardLinks links = new ForwardLinks(project, ports, pool);
        this.last = new RecordReplicating(links);
        this.steps = List.of(
                new CreateHelperSchema(links),
                new PublishTables(links),
                new Subscribe(links),
                new CopyTables(links),
                new BuildHeldBack(links),
                new AnalyzeTarget(links),
                new SeeLink(links),
                last);
    }

    @Override
    public List<Step> steps() {
        return steps;
    }

    @Override
    public String success() {
        return "The target follows the source; indexes and constraints are built, statistics are fresh."
                + last.doubts();
    }

    @Override
    public void close() {
        pool.close();
    }
}
