package dev.upshift.procedure.internal.preparing;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RoleLevelling.Levelled;
import dev.upshift.postgres.SchemaCopy;
import dev.upshift.postgres.Statistics;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.postgres.TargetCleaning;
import dev.upshift.postgres.UnqualifiedCalls;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Projects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real procedures that prepare an upgrade, over the ports of a test. */
public final class PreparingBench {

    private PreparingBench() {}

    public static List<Procedure> procedures(
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
            Projects projects) {
        return procedures(
                sessions,
                catalog,
                links,
                helperSchema,
                schemaCopy,
                statistics,
                targetCleaning,
                heldBack,
                barrier,
                cleaning,
                records,
                projects,
                null,
                null); // plans are not made here
    }

    /** The same, with what guards of a copy look at. */
    @SuppressWarnings("TooManyParameters")
    public static List<Procedure> procedures(
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
            @Nullable SubscriberRoom room,
            @Nullable UnqualifiedCalls calls) {
        CopyGuards guards = room == null || calls == null ? null : new CopyGuards(room, calls);
        return List.of(
                new CopySchema(
                        sessions,
                        catalog,
                        schemaCopy,
                        (source, target) -> new Levelled(List.of(), List.of(), true),
                        targetCleaning,
                        heldBack,
                        projects,
                        guards),
                new Replicate(
                        new ReplicateParts(
                                sessions,
                                catalog,
                                links,
                                helperSchema,
                                schemaCopy,
                                statistics,
                                targetCleaning,
                                heldBack,
                                barrier,
                                cleaning,
                                records,
                                projects),
                        guards));
    }
}
