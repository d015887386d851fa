package dev.upshift.postgres.internal;

import dev.upshift.postgres.Fence;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.shared.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The fence as two settings of the database, and the end of the sessions that were there before. */
@Component
class DatabaseFence implements Fence {

    private static final String STATE = SqlResource.read("fence-state.sql");
    private static final String CLIENTS = SqlResource.read("client-sessions.sql");
    private static final String END = SqlResource.read("end-sessions.sql");
    private static final String WRITERS = SqlResource.read("writers.sql");

    /** {@code insufficient_privilege}. */
    private static final String NOT_ALLOWED = "42501";

    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Waiting waiting;

    DatabaseFence(Waiting waiting) {
        this.waiting = waiting;
    }

    @Override
    public FenceState read(PostgresSession session) {
        return session.jdbc()
                .sql(STATE)
                .query((row, number) ->
                        new FenceState(row.getString("read_only_default"), row.getInt("connection_limit")))
                .single();
    }

    @Override
    public void raise(PostgresSession session, boolean hard) {
        if (hard && !isSuperuser(session)) {
            throw new IllegalStateException("The hard fence (CONNECTION LIMIT 0) on database " + session.database()
                    + " would lock Upshift out as well, because its role is no superuser. Choose the soft fence in the "
                    + "project's settings, or another role.");
        }
        session.inTransaction(() -> {
            set(session, "default_transaction_read_only = on");
            return hard && limitConnections(session, 0);
        });
    }

    @Override
    public List<ClientSession> endClientSessions(PostgresSession session) {
        List<ClientSession> clients = sessions(session, CLIENTS);
        Integer[] pids = clients.stream().map(ClientSession::pid).toArray(Integer[]::new);
        if (!waiting.until(ENDING, POLL, () -> ended(session, pids))) {
            throw new IllegalStateException("Client sessions on database " + session.database() + " still run "
                    + ENDING.toSeconds() + " s after they were told to end: "
                    + sessions(session, CLIENTS).stream()
                            .map(client -> String.valueOf(client.pid()))
                            .collect(Collectors.joining(", ", "process ", ""))
                    + ". Look at them in pg_stat_activity.");
        }
        return clients;
    }

    @Override
    public List<ClientSession> writers(PostgresSession session) {
        return sessions(session, WRITERS);
    }

    @Override
    public void lift(PostgresSession session, FenceState before) {
        session.inTransaction(() -> {
            if (before.readOnlyDefault() == null) {
                alter(session, "reset default_transaction_read_only");
            } else {
                set(session, "default_transaction_read_only = " + session.literal(before.readOnlyDefault()));
            }
            return limitConnections(session, before.connectionLimit());
        });
    }

    private static boolean isSuperuser(PostgresSession session) {
        return session.jdbc()
                .sql("select rolsuper from pg_roles where rolname = current_user")
                .query(Boolean.class)
                .single();
    }

    private static boolean limitConnections(PostgresSession session, int limit) {
        alter(session, "connection limit " + limit);
        return true;
    }

    private static void set(PostgresSession session, String setting) {
        alter(session, "set " + setting);
    }

    private static void alter(PostgresSession session, String change) {
        session.jdbc()
                .sql("alter database " + session.identifier(session.database()) + " " + change)
                .update();
    }

    private static boolean ended(PostgresSession session, Integer[] pids) {
        return pids.length == 0 || terminate(session, pids).isEmpty();
    }

    private static List<Integer> terminate(PostgresSession session, Integer[] pids) {
        try {
            return session.jdbc()
                    .sql(END)
                    .param("pids", pids)
                    .param("ours", DriverSessions.APPLICATION_NAME)
                    .query((row, number) -> row.getInt("pid"))
                    .list();
        } catch (DataAccessException failure) {
            if (SqlState.of(failure).equals(NOT_ALLOWED)) {
                throw new IllegalStateException(
                        "Our role may not end every client session on database " + session.database()
                                + ". Grant it pg_signal_backend; sessions of superusers only a superuser can end.",
                        failure);
            }
            throw failure;
        }
    }

    private static List<ClientSession> sessions(PostgresSession session, String query) {
        return session.jdbc()
                .sql(query)
                .param("ours", DriverSessions.APPLICATION_NAME)
                .query((row, number) -> client(session, row))
                .list();
    }

    private static ClientSession client(PostgresSession session, ResultSet row) throws SQLException {
        HiddenSessions.refuse(session, row);
        return new ClientSession(
                row.getInt("pid"), row.getString("user"), row.getString("application"), row.getString("address"));
    }
}
