package dev.upshift.postgres.internal.catalog;

import dev.upshift.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Sessions that our role may not look into; to take them for harmless would be a guess. */
public final class HiddenSessions {

    private HiddenSessions() {}

    /**
     * Looks at the column {@code hidden} of a row about a session.
     *
     * @throws IllegalStateException if it is set
     */
    public static void refuse(PostgresSession session, ResultSet row) throws SQLException {
        if (row.getBoolean("hidden")) {
            throw new IllegalStateException("Our role may not see what other sessions do on database "
                    + session.database() + " (PostgreSQL " + session.version().major()
                    + "), for example process " + row.getInt("pid") + ". Grant it pg_monitor.");
        }
    }
}
