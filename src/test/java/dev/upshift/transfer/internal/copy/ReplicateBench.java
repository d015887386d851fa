package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.Procedure;
import dev.upshift.postgres.catalog.UnqualifiedCalls;
import dev.upshift.postgres.link.SubscriberRoom;
import dev.upshift.postgres.link.WorkerErrors;
import dev.upshift.postgres.link.WorkerErrors.Told;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real start of replication, for the ports of a test. */
public final class ReplicateBench {

    private ReplicateBench() {}

    /** Without its checks. */
    public static Procedure replicate() {
        return new Replicate(null);
    }

    public static Procedure replicate(SubscriberRoom room, UnqualifiedCalls calls) {
        return new Replicate(new ReplicateChecks(room, calls));
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
