package dev.upshift.postgres.internal.session;

import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable.Reason;
import dev.upshift.shared.Endpoint;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection did not come about, told from the SQLSTATE (PostgreSQL documentation, appendix "Error Codes") or
 * from the network error below it.
 */
record ConnectFailure(Reason reason, SQLException failure) {

    static ConnectFailure of(SQLException failure) {
        return new ConnectFailure(reason(failure), failure);
    }

    PostgresUnreachable about(Endpoint endpoint, String database) {
        return new PostgresUnreachable(reason, happened(endpoint, database), remedy(endpoint), failure);
    }

    private String happened(Endpoint endpoint, String database) {
        String server = "PostgreSQL at " + endpoint.address();
        return switch (reason) {
            case HOST_UNKNOWN -> "The host " + endpoint.host() + " is not known.";
            case REFUSED -> "Nothing accepts connections at " + endpoint.address() + ".";
            case TIMED_OUT -> server + " did not answer in time.";
            case AUTHENTICATION ->
                "%s did not let user %s into database %s (%s)."
                        .formatted(server, endpoint.username(), database, serverText());
            case DATABASE_MISSING -> server + " has no database " + database + ".";
            case TLS ->
                "The encrypted connection to %s failed with sslmode %s (%s)."
                        .formatted(server, endpoint.sslMode().parameter(), serverText());
            case TOO_MANY_CONNECTIONS ->
                "%s has no connection left for user %s in database %s (%s)."
                        .formatted(server, endpoint.username(), database, serverText());
            case STARTING_UP -> "%s is starting up or shutting down (%s).".formatted(server, serverText());
            case OTHER ->
                isPooler()
                        ? "%s refused the session's settings (%s).".formatted(server, serverText())
                        : "%s could not be reached, database %s: %s.".formatted(server, database, serverText());
        };
    }

    private String remedy(Endpoint endpoint) {
        return switch (reason) {
            case HOST_UNKNOWN -> "Check its spelling, and the name service of the machine that Upshift runs on.";
            case REFUSED -> "Check host and port, whether PostgreSQL runs there, and its listen_addresses.";
            case TIMED_OUT -> "Check the address, the firewall, and whether the server hangs.";
            case AUTHENTICATION -> "Check user, password, pg_hba.conf and the privilege CONNECT.";
            case DATABASE_MISSING -> "Check its spelling, or create it.";
            case TLS -> "Check the server's certificate, or choose another sslmode.";
            case TOO_MANY_CONNECTIONS ->
                "End some sessions, or raise max_connections or the limit of role or database.";
            case STARTING_UP -> "Try again in a moment.";
            case OTHER ->
                isPooler()
                        ? "This looks like a connection pooler: give the address of PostgreSQL itself."
                        : "See the log of the server, and let user %s in.".formatted(endpoint.username());
        };
    }

    private boolean isPooler() {
        return serverText().contains("startup parameter");
    }

    private String serverText() {
        return Objects.requireNonNullElse(failure.getMessage(), "no reason given")
                .replaceFirst("^(FATAL|ERROR): ", "")
                .strip();
    }

    private static Reason reason(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        return switch (state) {
            case "28P01", "28000", "42501" -> Reason.AUTHENTICATION;
            case "3D000" -> Reason.DATABASE_MISSING;
            case "53300" -> Reason.TOO_MANY_CONNECTIONS;
            case "57P03", "57P01", "57P02" -> Reason.STARTING_UP;
            default -> network(failure);
        };
    }

    private static Reason network(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            @Nullable Reason reason = switch (cause) {
                case UnknownHostException unknown -> Reason.HOST_UNKNOWN;
                case SocketTimeoutException slow -> Reason.TIMED_OUT;
                case NoRouteToHostException lost -> Reason.TIMED_OUT;
                case ConnectException refused -> Reason.REFUSED;
                case SSLException tls -> Reason.TLS;
                default -> null;
            };
            if (reason != null) {
                return reason;
            }
        }
        return fromText(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT));
    }

    /** What only the driver itself knows, and tells only by its text. */
    private static Reason fromText(String text) {
        if (text.contains("timed out")) {
            return Reason.TIMED_OUT;
        }
        if (text.contains("ssl")) {
            return Reason.TLS;
        }
        return text.contains("password") || text.contains("authentication") ? Reason.AUTHENTICATION : Reason.OTHER;
    }
}
