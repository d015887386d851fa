package dev.upshift.matrix;

import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresUnreachable;
import org.springframework.dao.DataAccessResourceFailureException;

/** The exceptions with which each kind of call fails. */
final class Failures {

    private Failures() {}

    static RuntimeException of(String call) {
        String message = "Out of order: " + call;
        return switch (call.substring(0, call.indexOf('.'))) {
            case "PostgresSessions" -> new PostgresUnreachable(PostgresUnreachable.Reason.TIMED_OUT, message, null);
            case "PoolerFleets", "PoolerFleet", "PoolerClients" ->
                new PoolerUnreachable(PoolerUnreachable.Reason.TIMED_OUT, message, null);
            case "ConfigurationStore" -> new StoreFailed(message, null);
            case "SchemaCopy" -> new SchemaCopyFailed(message);
            default -> new DataAccessResourceFailureException(message);
        };
    }
}
