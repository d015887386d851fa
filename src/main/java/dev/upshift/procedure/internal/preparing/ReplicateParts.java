package dev.upshift.procedure.internal.preparing;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.SchemaCopy;
import dev.upshift.postgres.Statistics;
import dev.upshift.postgres.TargetCleaning;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkCleaning;
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
        Projects projects) {}
