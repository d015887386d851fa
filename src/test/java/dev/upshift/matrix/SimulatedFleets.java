package dev.upshift.matrix;

import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerConfiguration.Entry;
import dev.upshift.pooler.PoolerFleet;
import dev.upshift.pooler.PoolerFleets;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way to the poolers: to their consoles, and through them, as a role that a connection limit holds for. */
final class SimulatedFleets implements PoolerFleets, PoolerClients {

    private final ControlPlane plane;

    SimulatedFleets(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public PoolerFleet open(List<PoolerAddress> poolers, Map<String, List<String>> entries) {
        Map<Pooler, List<String>> members = new LinkedHashMap<>();
        for (PoolerAddress address : poolers) {
            Pooler pooler = plane.world().pooler(address.name());
            if (!pooler.answers) {
                throw new PoolerUnreachable(
                        PoolerUnreachable.Reason.REFUSED, pooler.name() + " does not answer.", null);
            }
            members.put(pooler, entries.getOrDefault(address.name(), List.of()));
        }
        return new SimulatedFleet(plane, members);
    }

    @Override
    public ServerBehind look(PoolerAddress address, String name, Duration deadline) {
        Pooler pooler = plane.world().pooler(address.name());
        @Nullable Entry entry = pooler.entries.get(name);
        if (entry == null || pooler.paused.contains(name)) {
            throw new PoolerUnreachable(
                    PoolerUnreachable.Reason.TIMED_OUT, name + " is not served by " + pooler.name(), null);
        }
        Server server = plane.world().at(entry.host());
        if (server.isAway()) {
            throw new PoolerUnreachable(
                    PoolerUnreachable.Reason.TIMED_OUT, "Nothing is behind " + name + " of " + pooler.name(), null);
        }
        Database database = server.database(entry.database());
        if (!database.letsClientsIn()) {
            throw new PoolerUnreachable(
                    PoolerUnreachable.Reason.REFUSED, "too many connections for database " + database.name, null);
        }
        return new ServerBehind(server.systemIdentifier(), !database.letsNewSessionsWrite());
    }
}
