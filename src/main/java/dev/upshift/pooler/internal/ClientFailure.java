package dev.upshift.pooler.internal;

import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.PoolerAddress;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;

/** Says in the operator's words why a client does not get through a pooler. */
final class ClientFailure {

    private ClientFailure() {}

    static PoolerUnreachable through(PoolerAddress pooler, String entry, SQLException e) {
        String said = ConsoleFailure.said(e);
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        Reason reason = ConsoleFailure.hasCause(e, SocketTimeoutException.class)
                ? Reason.TIMED_OUT
                : state.startsWith("28") || said.contains("authentication failed")
                        ? Reason.AUTHENTICATION
                        : Reason.OTHER;
        String what = switch (reason) {
            case TIMED_OUT ->
                "nothing answered in time. Check that the pooler reaches the server, and the pooler's log.";
            case AUTHENTICATION ->
                "%s. Check that the user %s has the same password on the pooler and on the server behind it."
                        .formatted(said, pooler.console().username());
            case HOST_UNKNOWN, REFUSED, NOT_ADMIN, LOST, OTHER -> said + ".";
        };
        return new PoolerUnreachable(
                reason,
                "A client does not get through pooler %s (%s) to the server behind %s: %s"
                        .formatted(pooler.name(), pooler.console().address(), entry, what),
                e);
    }
}
