package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerUnreachable.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** What the driver, or PgBouncer through it, has to say about a connection. */
record DriverComplaint(SQLException exception) {

    /** In one line, without the severity in front. */
    String said() {
        String message = Objects.requireNonNullElse(
                exception.getMessage(), exception.getClass().getSimpleName());
        return message.strip().replaceFirst("^(FATAL|ERROR): ", "").replaceAll("\\s+", " ");
    }

    /** Why a connection did not come about. */
    Reason reason() {
        String said = said();
        if (has(UnknownHostException.class)) {
            return Reason.HOST_UNKNOWN;
        }
        if (has(SocketTimeoutException.class) || said.contains("Connection attempt timed out")) {
            return Reason.TIMED_OUT;
        }
        if (has(ConnectException.class) || has(NoRouteToHostException.class)) {
            return Reason.REFUSED;
        }
        // PgBouncer gives nearly all its refusals the code 08P01, so its words have to tell.
        if (said.equals("not allowed")) {
            return Reason.NOT_ADMIN;
        }
        if (state().startsWith("28")
                || said.contains("authentication failed")
                || said.contains("no such user")
                || said.contains("password is an empty string")
                || said.contains("no password was provided")) {
            return Reason.AUTHENTICATION;
        }
        return Reason.OTHER;
    }

    boolean isAboutEncryption() {
        return has(SSLException.class) || said().contains("SSL");
    }

    boolean isAboutMissingDatabase() {
        return state().equals("3D000") || said().startsWith("no such database");
    }

    /** Whether an open connection was lost. 08P01 is PgBouncer's refusal, the rest of the class is the driver's. */
    boolean isLoss() {
        return !state().equals("08P01") && (state().startsWith("08") || state().startsWith("57P"));
    }

    boolean isTimeout() {
        return has(SocketTimeoutException.class);
    }

    private String state() {
        return Objects.requireNonNullElse(exception.getSQLState(), "");
    }

    private boolean has(Class<? extends Throwable> type) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
