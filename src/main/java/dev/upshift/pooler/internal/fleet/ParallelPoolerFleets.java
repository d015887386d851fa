package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerFleets;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Opens fleets whose members work at the same time, each on virtual threads of its own. */
@Component
final class ParallelPoolerFleets implements PoolerFleets {

    private final PoolerConsoles consoles;
    private final Waiting waiting;
    private final Clock clock;

    ParallelPoolerFleets(PoolerConsoles consoles, Waiting waiting, Clock clock) {
        this.consoles = consoles;
        this.waiting = waiting;
        this.clock = clock;
    }

    @Override
    public PoolerFleet open(List<PoolerAddress> poolers, Map<String, List<String>> entries) {
        List<FleetMember> members = poolers.stream()
                .map(pooler -> new FleetMember(
                        pooler, entries.getOrDefault(pooler.name(), List.of()), consoles, waiting, clock))
                .toList();
        ParallelPoolerFleet fleet = new ParallelPoolerFleet(members, clock);
        try {
            fleet.open();
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
        return fleet;
    }
}
