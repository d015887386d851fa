package dev.upshift.procedure.internal.preparing;

import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.SubscriberRoom;
import dev.upshift.postgres.UnqualifiedCalls;
import dev.upshift.postgres.WorkerErrors;
import dev.upshift.postgres.WorkerErrors.Told;
import dev.upshift.procedure.internal.engine.Procedure;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real procedures that prepare an upgrade, for the ports of a test. */
public final class PreparingBench {

    private PreparingBench() {}

    /** Without their guards. */
    public static List<Procedure> procedures() {
        return List.of(new CopySchema(null), new Replicate(null));
    }

    public static Procedure replicate(SubscriberRoom room, UnqualifiedCalls calls, Catalog catalog) {
        return new Replicate(new CopyGuards(room, calls, (session, commands) -> List.of(), catalog));
    }

    /** A server whose workers never fail. */
    public record NothingFails() implements WorkerErrors {

        @Override
        public List<TableName> withoutWorker(PostgresSession subscriber, String subscription) {
            return List.of();
        }

        @Override
        public Told told(PostgresSession subscriber, String subscription) {
            return new Told(Map.of(), Optional.empty(), "Nothing failed.");
        }
    }
}
