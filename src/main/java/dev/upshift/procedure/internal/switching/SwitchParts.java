package dev.upshift.procedure.internal.switching;

import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerClients;
import dev.upshift.pooler.PoolerFleets;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.EventTriggers;
import dev.upshift.postgres.Fence;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.postgres.Roles;
import dev.upshift.postgres.Sequences;
import dev.upshift.procedure.internal.common.Concurrently;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.OneAfterTheOther;
import dev.upshift.procedure.internal.common.PlannedFences;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.project.Projects;
import dev.upshift.shared.Waiting;
import org.springframework.stereotype.Component;

/** Everything that the steps of a switch work with. */
@Component
record SwitchParts(
        PostgresSessions sessions,
        Catalog catalog,
        Links links,
        Sequences sequences,
        Fence fence,
        HelperSchema helperSchema,
        PoolerFleets fleets,
        PoolerClients clients,
        ConfigurationStores stores,
        PoolerChanges changes,
        RaisedFences raisedFences,
        LinkBarrier barrier,
        Concurrently concurrently,
        Watchdogs watchdogs,
        Projects projects,
        LinkRecords records,
        Waiting waiting,
        Roles roles,
        EventTriggers eventTriggers,
        PoolerProcesses processes) {

    /** The same parts over ports that record. */
    SwitchParts recording(PlanPorts ports) {
        RecordingPorts servers = ports.servers();
        return new SwitchParts(
                servers.sessions(),
                servers.catalog(),
                servers.links(),
                servers.sequences(),
                servers.fence(),
                servers.helperSchema(),
                ports.poolers().fleets(),
                ports.clients(),
                ports.poolers().stores(),
                new PoolerChanges(ports.poolers().stores()),
                new PlannedFences(raisedFences),
                new LinkBarrier(servers.helperSchema(), servers.links(), ports.waiting()),
                new OneAfterTheOther(),
                new IdleWatchdogs(),
                ports.projects(),
                records.planned(),
                ports.waiting(),
                roles,
                eventTriggers,
                poolers -> Processes.ALONE);
    }
}
