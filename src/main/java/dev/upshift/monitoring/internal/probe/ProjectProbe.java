package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.DatabaseLooks.ConnectedClient;
import dev.upshift.project.Project;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the servers and poolers of one project, over connections that stay open in between. */
public final class ProjectProbe {

    private final Connections connections;
    private final Probe probe;
    private final DirectLook directLook;

    ProjectProbe(Connections connections, Probe probe, DirectLook directLook) {
        this.connections = connections;
        this.probe = probe;
        this.directLook = directLook;
    }

    /** Asks everybody that one sample needs. Never throws for anything that a server does. */
    public Observation observe(Project project) {
        return probe.observe(project);
    }

    /** Sessions of the serving side that no pooler holds, by database; empty when that cannot be told now. */
    public Optional<Map<String, Set<ConnectedClient>>> directSessions(Project project) {
        return directLook.sessions(project);
    }

    /** Closes connections that nothing was asked over since then. */
    public void closeUnusedSince(Instant then) {
        connections.closeUnusedSince(then);
    }

    /** Closes all connections; what is asked afterwards opens them again. */
    public void closeAll() {
        connections.closeAll();
    }
}
