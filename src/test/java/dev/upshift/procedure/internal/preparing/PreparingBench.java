package dev.upshift.procedure.internal.preparing;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.HelperSchema;
import dev.upshift.postgres.Links;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.RoleLevelling.Levelled;
import dev.upshift.postgres.SchemaCopy;
import dev.upshift.postgres.Statistics;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.postgres.TargetCleaning;
import dev.upshift.postgres.UnqualifiedCalls;
import dev.upshift.postgres.WorkerErrors;
import dev.upshift.procedure.internal.common.HeldBackSchemas;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.LinkCleaning;
import dev.upshift.procedure.internal.common.LinkRecords;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.project.Projects;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** A server whose workers never fail. */
    private record NothingFails() implements WorkerErrors {

        @Override
        public List<TableName> withoutWorker(PostgresSession subscriber, String subscription) {
            return List.of();
        }

        @Override
        public Told told(PostgresSession subscriber, String subscription) {
            return new Told(Map.of(), Optional.empty(), "Nothing failed.");
        }
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
        CopyGuards guards = room == null || calls == null
                ? null
                : new CopyGuards(room, calls, (session, commands) -> List.of(), catalog);
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
                                projects,
                                new NothingFails()),
                        guards));
    }
}
