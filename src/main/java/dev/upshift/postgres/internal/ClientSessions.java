package dev.upshift.postgres.internal;

import dev.upshift.postgres.Fence.ClientSession;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.shared.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The sessions of a database that are neither ours nor the server's own. */
@Component
class ClientSessions {

    private static final String CLIENTS = SqlResource.read("client-sessions.sql");
    private static final String END = SqlResource.read("end-sessions.sql");
    private static final String WRITERS = SqlResource.read("writers.sql");

    /** {@code insufficient_privilege}. */
    private static final String NOT_ALLOWED = "42501";

    private static final String END_MARKED = SqlResource.read("end-marked-sessions.sql");
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(5);

    /** For one session; clients may be waiting for this. */
    private static final Duration ENDING_ONE = Duration.ofSeconds(2);

    private final Waiting waiting;

    ClientSessions(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Ends those that began before now, and waits until none of them is left. */
    List<ClientSession> end(PostgresSession session) {
        String since = session.jdbc()
                .sql("select clock_timestamp()::text")
                .query(String.class)
                .single();
        // refuses if some are hidden from us
        all(session);
        Map<Integer, ClientSession> ended = new TreeMap<>();
        if (!waiting.until(ENDING, POLL, () -> noneLeft(session, since, ended))) {
            throw new IllegalStateException("Client sessions on database " + session.database() + " still run "
                    + ENDING.toSeconds() + " s after they were told to end: some of processes " + ended.keySet()
                    + ". Look at them in pg_stat_activity.");
        }
        return List.copyOf(ended.values());
    }

    List<ClientSession> all(PostgresSession session) {
        return list(session, CLIENTS);
    }

    /** Ends one session, whoever it belongs to, and waits until it is gone. */
    boolean end(PostgresSession session, int pid) {
        session.change()
                .sql("select pg_terminate_backend(:pid)")
                .param("pid", pid)
                .query(Boolean.class)
                .single();
        return waiting.until(
                ENDING_ONE,
                POLL,
                () -> session.jdbc()
                        .sql("select not exists (select from pg_stat_activity where pid = :pid)")
                        .param("pid", pid)
                        .query(Boolean.class)
                        .single());
    }

    /** Ends our own sessions of a kind, and waits until they are gone. */
    boolean endMarked(PostgresSession session, String prefix, String kept) {
        String name = PostgresSessions.APPLICATION_NAME + " ";
        return waiting.until(
                ENDING_ONE,
                POLL,
                () -> session.change()
                        .sql(END_MARKED)
                        .param("prefix", name + prefix)
                        .param("kept", name + kept)
                        .query(Boolean.class)
                        .list()
                        .isEmpty());
    }

    /** Those that hold a transaction id. */
    List<ClientSession> writing(PostgresSession session) {
        return list(session, WRITERS);
    }

    private static boolean noneLeft(PostgresSession session, String since, Map<Integer, ClientSession> ended) {
        List<ClientSession> left = terminate(session, since);
        left.forEach(client -> ended.putIfAbsent(client.pid(), client));
        return left.isEmpty();
    }

    private static List<ClientSession> terminate(PostgresSession session, String since) {
        try {
            return session.change()
                    .sql(END)
                    .param("since", since)
                    .param("ours", PostgresSessions.APPLICATION_NAME)
                    .query((row, number) -> client(session, row))
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

    private static List<ClientSession> list(PostgresSession session, String query) {
        return session.jdbc()
                .sql(query)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) -> client(session, row))
                .list();
    }

    private static ClientSession client(PostgresSession session, ResultSet row) throws SQLException {
        HiddenSessions.refuse(session, row);
        return new ClientSession(
                row.getInt("pid"), row.getString("user"), row.getString("application"), row.getString("address"));
    }
}
