package dev.upshift.postgres.internal.session;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command whose text holds a password. It goes past everything of ours that logs or quotes statements, and past what
 * the server writes down of statements where our role may say so; what the server says about it is scrubbed.
 */
public final class SecretCommand {

    private static final Logger log = LoggerFactory.getLogger(SecretCommand.class);

    private final String command;
    private final String masked;
    private final ConnectionString secret;

    /** @param masked the command with dots in the secret's place */
    public SecretCommand(String command, String masked, ConnectionString secret) {
        this.command = command;
        this.masked = masked;
        this.secret = secret;
    }

    /** The command for people, with dots in the secret's place. */
    public String masked() {
        return masked;
    }

    /** @throws SQLException without the secret */
    void execute(DriverSession session) throws SQLException {
        session.execute(QuietServer.begin(session.version()));
        try {
            executeAloud(session);
        } finally {
            restoreLog(session);
        }
    }

    /**
     * Tries it in a transaction that is rolled back; answers how it failed, without the secret, or null. The server
     * decides when a transaction begins whether it is one of those whose statements it writes down, so that begins later.
     */
    public @Nullable SQLException attempt(DriverSession session) {
        try {
            session.execute(QuietServer.begin(session.version()));
            return session.inRolledBackTransaction(this::executeAloud);
        } catch (SQLException unable) {
            return scrubbed(unable);
        } finally {
            restoreLog(session);
        }
    }

    private void executeAloud(DriverSession session) throws SQLException {
        try {
            session.execute(command);
        } catch (SQLException failure) {
            throw scrubbed(failure);
        }
    }

    private static void restoreLog(DriverSession session) {
        try {
            session.execute(QuietServer.end(session.version()));
        } catch (SQLException failed) {
            log.debug("The server's log stays quiet for {} until its transaction ends", session, failed);
        }
    }

    /** A new exception, because the driver's own carries what it cannot forget. */
    private SQLException scrubbed(SQLException failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "no reason given");
        SQLException clean = new SQLException(secret.scrub(message), failure.getSQLState());
        clean.setStackTrace(failure.getStackTrace());
        return clean;
    }

    @Override
    public String toString() {
        return "a command about " + secret;
    }
}
