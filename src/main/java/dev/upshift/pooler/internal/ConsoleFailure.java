package dev.upshift.pooler.internal;

import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.PoolerAddress;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** Says in the operator's words what went wrong with a pooler. */
final class ConsoleFailure {

    private final PoolerAddress pooler;

    ConsoleFailure(PoolerAddress pooler) {
        this.pooler = pooler;
    }

    /** For a connection that did not come about. */
    PoolerUnreachable ofOpening(SQLException e) {
        String said = said(e);
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        if (hasCause(e, UnknownHostException.class)) {
            return because(Reason.HOST_UNKNOWN, "its host name is not known here. Check the host.", e);
        }
        if (hasCause(e, SocketTimeoutException.class) || said.contains("Connection attempt timed out")) {
            return because(
                    Reason.TIMED_OUT, "nothing answered in time. Check host, port and the firewalls between.", e);
        }
        if (hasCause(e, NoRouteToHostException.class)) {
            return because(Reason.REFUSED, "there is no route to its host. Check the host and the network.", e);
        }
        if (hasCause(e, ConnectException.class)) {
            return because(
                    Reason.REFUSED,
                    "nothing listens there. Check host and port, and whether PgBouncer runs and listens on this"
                            + " address.",
                    e);
        }
        if (hasCause(e, SSLException.class) || said.contains("SSL")) {
            return because(
                    Reason.OTHER,
                    "the encrypted connection failed (%s). Check the SSL mode and the pooler's client_tls_sslmode."
                            .formatted(said),
                    e);
        }
        if (said.contains("not allowed")) {
            return because(
                    Reason.NOT_ADMIN,
                    "the user %s may not use its console. Add the user to admin_users in its configuration and RELOAD it."
                            .formatted(user()),
                    e);
        }
        if (state.startsWith("28") || said.contains("authentication failed") || said.contains("no such user")) {
            return because(
                    Reason.AUTHENTICATION,
                    "it does not accept the user %s with this password. Check user and password and the pooler's auth_file."
                            .formatted(user()),
                    e);
        }
        if (state.equals("3D000")) {
            return because(
                    Reason.OTHER,
                    "there is no PgBouncer console there (%s). Check that host and port are those of PgBouncer, not of"
                                    .formatted(said)
                            + " PostgreSQL.",
                    e);
        }
        return because(Reason.OTHER, "it answered: " + said + ".", e);
    }

    /** For a command on a connection that had been working. */
    RuntimeException ofCommand(String command, SQLException e) {
        if (hasCause(e, SocketTimeoutException.class)) {
            return new PoolerUnreachable(
                    Reason.TIMED_OUT, "Pooler %s did not answer %s in time.".formatted(where(), command), e);
        }
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        // 08P01 is what PgBouncer itself gives every refusal; the rest of class 08 is the driver's for a lost
        // connection.
        if (!state.equals("08P01") && (state.startsWith("08") || state.startsWith("57P"))) {
            return new PoolerUnreachable(
                    Reason.LOST,
                    "The console connection to pooler %s was lost during %s (%s).".formatted(where(), command, said(e)),
                    e);
        }
        return new CommandRefused("Pooler %s refused %s: %s".formatted(where(), command, said(e)), e);
    }

    private PoolerUnreachable because(Reason reason, String what, SQLException e) {
        return new PoolerUnreachable(reason, "Pooler %s cannot be reached: %s".formatted(where(), what), e);
    }

    private String where() {
        return pooler.name() + " (" + pooler.console().address() + ")";
    }

    private String user() {
        return pooler.console().username();
    }

    /** The last line of what was said, without the driver's own prefix. */
    static String said(SQLException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        return message.strip().replaceFirst("^(FATAL|ERROR): ", "").replaceAll("\\s+", " ");
    }

    static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
