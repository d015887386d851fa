package dev.upshift.postgres;

import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.EventTriggers;
import dev.upshift.postgres.catalog.Questions;
import dev.upshift.postgres.catalog.Statistics;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.link.Links;
import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.role.RoleLevelling;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.schema.TargetCleaning;
import dev.upshift.postgres.sequence.Sequences;
import dev.upshift.postgres.session.PostgresSessions;
import org.springframework.stereotype.Component;

/**
 * The ports of this module by which procedures look at servers and change them. There is a set that acts on the real
 * servers, and one for each plan, see {@link PostgresRecording}: it looks at the real servers in read-only sessions, notes
 * what it would change, and from then on answers as if it had been changed and nobody else were busy there.
 */
@Component
public record ServerPorts(
        PostgresSessions sessions,
        Catalog catalog,
        Links links,
        Sequences sequences,
        Fence fence,
        HelperSchema helperSchema,
        SchemaCopy schemaCopy,
        RoleLevelling roleLevelling,
        TargetCleaning targetCleaning,
        Statistics statistics,
        Roles roles,
        EventTriggers eventTriggers,
        WorkerErrors workerErrors,
        Questions questions) {}
