package dev.upshift.monitoring.internal.probe;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import java.util.Set;

/**
 * A session of a client, as {@code pg_stat_activity} has it.
 *
 * @param pid unique on its server at one moment; together with {@code started} at all times
 */
public record ClientSession(int pid, String started, String user, String application, String address) {

    private static final String SESSIONS = SqlResource.read("client-sessions.sql");

    /** Those of the session's database, but for our own. */
    static Set<ClientSession> in(PostgresSession session) {
        return session.jdbc()
                .sql(SESSIONS)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) -> new ClientSession(
                        row.getInt("pid"),
                        row.getString("started"),
                        row.getString("username"),
                        row.getString("application"),
                        row.getString("address")))
                .set();
    }
}
