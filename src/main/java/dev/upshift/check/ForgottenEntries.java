package dev.upshift.check;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.project.Cluster;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Set;

/**
 * Finds the entries of a pooler that lead to a side and would not be moved with it: written with another name or address
 * of the same server, or known to the running pooler only.
 */
public interface ForgottenEntries {

    /**
     * One finding per entry.
     *
     * @throws PoolerUnreachable if its console does not answer, or no more
     * @throws CommandRefused if it refuses to show what it has
     */
    List<Finding> of(Asked asked);

    /**
     * @param side which of the two clusters {@code cluster} is, for messages
     * @param cluster the one that would be left
     * @param other the one that would be entered
     * @param databases those that move
     * @param file the pooler's configuration
     */
    record Asked(
            PoolerAddress pooler,
            PoolerConfiguration file,
            Side side,
            Cluster cluster,
            Cluster other,
            Set<String> databases) {}
}
