package dev.upshift.procedure.internal.preparing;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RecordingPorts;
import dev.upshift.postgres.SchemaCopy;
import dev.upshift.postgres.Statistics;
import dev.upshift.postgres.TargetCleaning;
import dev.upshift.postgres.WorkerErrors;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.common.PlannedHeldBackSchemas;
import dev.upshift.procedure.internal.engine.PlanPorts;
import dev.upshift.project.Projects;
import org.springframework.stereotype.Component;

/** Everything that the steps of replicate work with. */
@Component
record ReplicateParts(
        PostgresSessions sessions,
        Catalog catalog,
        Links links,
        HelperSchema helperSchema,
        SchemaCopy schemaCopy,
        Statistics statistics,
        TargetCleaning targetCleaning,
        HeldBackSchemas heldBack,
        LinkBarrier barrier,
        LinkCleaning cleaning,
        LinkRecords records,
        Projects projects,
        WorkerErrors workerErrors) {

    /** The same parts over ports that record. */
    ReplicateParts recording(PlanPorts ports) {
        RecordingPorts servers = ports.servers();
        return new ReplicateParts(
                servers.sessions(),
                servers.catalog(),
                servers.links(),
                servers.helperSchema(),
                servers.schemaCopy(),
                statistics,
                targetCleaning,
                new PlannedHeldBackSchemas(heldBack),
                new LinkBarrier(servers.helperSchema(), servers.links(), ports.waiting()),
                new LinkCleaning(servers.links(), servers.helperSchema()),
                records.planned(),
                ports.projects(),
                workerErrors);
    }
}
