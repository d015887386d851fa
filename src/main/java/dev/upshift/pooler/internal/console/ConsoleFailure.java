package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.PoolerAddress;
import java.sql.SQLException;

/** Says in the operator's words what went wrong with a console. */
record ConsoleFailure(PoolerAddress pooler) {

    /** For a connection that did not come about. */
    PoolerUnreachable ofOpening(SQLException e) {
        DriverComplaint complaint = new DriverComplaint(e);
        Reason reason = complaint.reason();
        String why = switch (reason) {
            case HOST_UNKNOWN -> "its host name is not known here. Check the host.";
            case TIMED_OUT -> "nothing answered in time. Check host, port and the firewalls between.";
            case REFUSED ->
                "nothing listens there. Check host and port, and whether PgBouncer runs and listens on this address.";
            case AUTHENTICATION ->
                "it does not accept the user %s with this password. Check user and password and the pooler's auth_file."
                        .formatted(user());
            case NOT_ADMIN ->
                "the user %s may not use its console. Add the user to admin_users in its configuration and RELOAD it."
                        .formatted(user());
            case LOST, OTHER -> other(complaint);
        };
        return new PoolerUnreachable(reason, "Pooler %s cannot be reached: %s".formatted(where(), why), e);
    }

    private static String other(DriverComplaint complaint) {
        if (complaint.isAboutEncryption()) {
            return "the encrypted connection failed (%s). Check the SSL mode and the pooler's client_tls_sslmode."
                    .formatted(complaint.said());
        }
        if (complaint.isAboutMissingDatabase()) {
            return ("there is no PgBouncer console (%s). Check that host and port are those of PgBouncer, not of"
                            + " PostgreSQL.")
                    .formatted(complaint.said());
        }
        return "it answered: %s.".formatted(complaint.said());
    }

    /** For a command on a connection that had been working. */
    RuntimeException ofCommand(String command, SQLException e) {
        DriverComplaint complaint = new DriverComplaint(e);
        if (complaint.isTimeout()) {
            return new PoolerUnreachable(
                    Reason.TIMED_OUT, "Pooler %s did not answer %s in time.".formatted(where(), command), e);
        }
        if (complaint.isLoss()) {
            return new PoolerUnreachable(
                    Reason.LOST,
                    "The console connection to pooler %s was lost during %s (%s)."
                            .formatted(where(), command, complaint.said()),
                    e);
        }
        return new CommandRefused("Pooler %s refused %s: %s".formatted(where(), command, complaint.said()), e);
    }

    private String where() {
        return pooler.name() + " (" + pooler.console().address() + ")";
    }

    private String user() {
        return pooler.console().username();
    }
}
