package dev.upshift.engine.procedure;

import dev.upshift.pooler.PoolerPorts;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.project.Projects;
import dev.upshift.records.Records;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Timing;
import dev.upshift.shared.Waiting;

/**
 * Everything outside of itself that a procedure looks at, changes and waits for, as the engine hands it over: real for a
 * run, recording for a plan, simulated in tests. A procedure never knows which. What changes anything asks the run's
 * ownership first.
 *
 * @param ownership by whose right is acted, for what has to know it before it begins
 */
public record Ports(
        ServerPorts servers,
        PoolerPorts poolers,
        Records records,
        Projects projects,
        Timing timing,
        Ownership ownership) {

    public Waiting waiting() {
        return timing.waiting();
    }

    public FanOut fanOut() {
        return timing.fanOut();
    }

    /** The same for the owner of a run: whoever is not asks in vain, and nothing is changed. */
    public Ports ownedBy(Ownership owner) {
        return new Ports(
                Owned.each(ServerPorts.class, servers, owner),
                Owned.each(PoolerPorts.class, poolers, owner),
                Owned.each(Records.class, records, owner),
                Owned.of(Projects.class, projects, owner),
                timing,
                owner);
    }
}
