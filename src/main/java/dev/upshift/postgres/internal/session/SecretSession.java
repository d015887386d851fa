package dev.upshift.postgres.internal.session;

import dev.upshift.postgres.session.PostgresSession;
import java.sql.SQLException;

/** A session that takes commands whose text holds a password. */
public interface SecretSession extends PostgresSession {

    /** @throws SQLException without the secret */
    void execute(SecretCommand command) throws SQLException;

    static SecretSession of(PostgresSession session) {
        if (session instanceof SecretSession ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a session of " + DriverSessions.class.getSimpleName() + ": " + session);
    }
}
