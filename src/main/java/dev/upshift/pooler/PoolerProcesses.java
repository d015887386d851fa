package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress;
import java.util.List;

/** Finds out which processes answer at the poolers' addresses. */
public interface PoolerProcesses {

    /**
     * Objections, each one sentence: to addresses behind which several processes answer, to processes that answer for
     * two poolers, and to processes that take the same clients and are no poolers of the project. A pooler that does not
     * answer is passed over.
     */
    List<String> objections(List<PoolerAddress> poolers);
}
