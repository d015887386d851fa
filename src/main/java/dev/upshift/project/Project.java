package dev.upshift.project;

import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Instant;
import java.util.List;

/**
 * One upgrade of one PostgreSQL cluster: everything that is known about it, secrets in the clear but unprintable.
 *
 * @param id key in the metadata database
 * @param slug the name in URLs, confirmations and in the names of what we create on the servers; never changes
 * @param databases the databases that move, at least one; they switch together
 * @param poolers the PgBouncers in front, at least one
 * @param servingSide the side that clients use now
 * @param revision grows with every change of configuration or phase
 */
public record Project(
        long id,
        String slug,
        String name,
        Cluster source,
        Cluster target,
        List<String> databases,
        List<PoolerAddress> poolers,
        ProjectSettings settings,
        Phase phase,
        Side servingSide,
        int revision,
        Instant createdAt,
        Instant phaseChangedAt) {

    public Cluster cluster(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    /** Whether a switch has left a fence on that side: a person who writes there has to ask for it. */
    public boolean isFenced(Side side) {
        return phase.leavesAFence() && side != servingSide;
    }

    /** The same project, tuned otherwise. */
    public Project with(ProjectSettings others) {
        return new Project(
                id,
                slug,
                name,
                source,
                target,
                databases,
                poolers,
                others,
                phase,
                servingSide,
                revision,
                createdAt,
                phaseChangedAt);
    }
}
