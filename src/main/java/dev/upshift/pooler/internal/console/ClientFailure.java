package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.PoolerAddress;
import java.sql.SQLException;

/** Says in the operator's words why a client does not get through a pooler. */
final class ClientFailure {

    private ClientFailure() {}

    static PoolerUnreachable through(PoolerAddress pooler, String entry, SQLException e) {
        DriverComplaint complaint = new DriverComplaint(e);
        Reason reason = complaint.reason();
        String why = switch (reason) {
            case TIMED_OUT ->
                "nothing answered in time. Check that the pooler reaches the server, and the pooler's log.";
            case AUTHENTICATION ->
                "%s. Check that the user %s has the same password on the pooler and on the server behind it."
                        .formatted(complaint.said(), pooler.client().username());
            case HOST_UNKNOWN, REFUSED, NOT_ADMIN, LOST, OTHER -> complaint.said() + ".";
        };
        return new PoolerUnreachable(
                reason,
                "A client does not get through pooler %s (%s) to the server behind %s: %s"
                        .formatted(pooler.name(), pooler.console().address(), entry, why),
                e);
    }
}
