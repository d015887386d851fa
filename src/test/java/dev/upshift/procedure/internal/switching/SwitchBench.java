package dev.upshift.procedure.internal.switching;

import dev.upshift.monitoring.Monitoring;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerFleets;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.Roles;
import dev.upshift.postgres.Sequences;
import dev.upshift.procedure.internal.common.Concurrently;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Projects;
import dev.upshift.shared.Waiting;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The real cutover, rollback and rehearsal, over the ports of a test. Their guards are no part of it. */
public final class SwitchBench {

    private SwitchBench() {}

    @SuppressWarnings("TooManyParameters") // the parts of a switch, one by one
    public static List<Procedure> procedures(
            PostgresSessions sessions,
            Catalog catalog,
            Links links,
            Sequences sequences,
            Fence fence,
            HelperSchema helperSchema,
            PoolerFleets fleets,
            PoolerClients clients,
            ConfigurationStores stores,
            RaisedFences fences,
            LinkBarrier barrier,
            Concurrently concurrently,
            ScheduledExecutorService watchdog,
            Projects projects,
            LinkRecords records,
            Clock clock,
            Waiting waiting,
            Roles roles,
            EventTriggers eventTriggers,
            PoolerProcesses processes) {
        SwitchParts parts = new SwitchParts(
                sessions,
                catalog,
                links,
                sequences,
                fence,
                helperSchema,
                fleets,
                clients,
                stores,
                new PoolerChanges(stores),
                fences,
                barrier,
                concurrently,
                () -> watchdog,
                projects,
                records,
                waiting,
                roles,
                eventTriggers,
                processes);
        SwitchProcedures procedures = new SwitchProcedures();
        return List.of(
                procedures.cutover(parts, null),
                procedures.rollback(parts, null),
                new RehearsalProcedure(parts, null, nothingSampled(), clock));
    }

    private static Monitoring nothingSampled() {
        return (Monitoring) Proxy.newProxyInstance(
                Monitoring.class.getClassLoader(),
                new Class<?>[] {Monitoring.class},
                (proxy, method, arguments) -> List.of());
    }
}
