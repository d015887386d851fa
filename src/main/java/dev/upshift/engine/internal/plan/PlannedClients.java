package dev.upshift.engine.internal.plan;

import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.util.Arrays;
import java.util.stream.Stream;

/** Clients that go where the configuration of a pooler would lead them by then. */
final class PlannedClients implements AutoCloseable {

    private final Project project;
    private final ServerPorts servers;
    private final SessionPool pool;

    PlannedClients(Project project, ServerPorts servers) {
        this.project = project;
        this.servers = servers;
        this.pool = new SessionPool(servers.sessions(), "", project, PostgresSessions.SHORT);
    }

    /** @param stores whose configurations lead them */
    PoolerClients over(ConfigurationStores stores) {
        return (pooler, name, deadline) -> look(stores, pooler, name);
    }

    private ServerBehind look(ConfigurationStores stores, PoolerAddress pooler, String name) {
        PoolerConfiguration.Entry entry =
                stores.of(pooler.configuration()).read(pooler.configuration()).entries().stream()
                        .filter(found -> found.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> astray(pooler, name));
        Side side = Arrays.stream(Side.values())
                .filter(candidate -> leadsTo(entry, project.cluster(candidate)))
                .findFirst()
                .orElseThrow(() -> astray(pooler, name));
        PostgresSession behind = pool.work(side, entry.database());
        return new ServerBehind(
                servers.catalog().server(behind).systemIdentifier(),
                !servers.fence().read(behind).isOpen());
    }

    private static boolean leadsTo(PoolerConfiguration.Entry entry, Cluster cluster) {
        return Stream.of(cluster.peer(), cluster.endpoint())
                .anyMatch(address -> address.isAt(entry.host(), entry.port()));
    }

    private static PoolerUnreachable astray(PoolerAddress pooler, String name) {
        return new PoolerUnreachable(
                PoolerUnreachable.Reason.OTHER,
                "The entry %s of %s would lead to neither side.".formatted(name, pooler.name()),
                null);
    }

    @Override
    public void close() {
        pool.close();
    }
}
