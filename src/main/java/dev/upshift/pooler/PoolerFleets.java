package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;
import java.util.Map;

/** Opens fleets. */
public interface PoolerFleets extends Port {

    /**
     * @param entries the {@code [databases]} entries to pause and resume, by pooler name
     * @throws PoolerUnreachable if any console does not answer, or its user may not PAUSE; none stays open then
     */
    @Looks
    PoolerFleet open(List<PoolerAddress> poolers, Map<String, List<String>> entries);
}
