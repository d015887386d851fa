package dev.upshift.postgres.internal.fence;

import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.postgres.fence.UnendableSessions;
import dev.upshift.postgres.internal.catalog.HiddenSessions;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.internal.session.SqlState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The sessions of a database that are neither ours nor the server's own. */
@Component
class ClientSessions {

    private static final String BEGIN = SqlResource.read(ClientSessions.class, "fence-begins.sql");
    private static final String STARTING = SqlResource.read(ClientSessions.class, "still-starting.sql");
    private static final String END = SqlResource.read(ClientSessions.class, "end-sessions.sql");
    private static final String END_ENDABLE = SqlResource.read(ClientSessions.class, "end-endable-sessions.sql");
    private static final String UNENDABLE = SqlResource.read(ClientSessions.class, "unendable-sessions.sql");
    private static final String END_THESE = SqlResource.read(ClientSessions.class, "end-these-sessions.sql");

    /** {@code insufficient_privilege}. */
    private static final String NOT_ALLOWED = "42501";

    private static final String END_MARKED = SqlResource.read(ClientSessions.class, "end-marked-sessions.sql");
    private static final Duration ENDING = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(2);

    /** For one session; clients may be waiting for this. */
    private static final Duration ENDING_ONE = Duration.ofSeconds(2);

    private final Waiting waiting;

    ClientSessions(Waiting waiting) {
        this.waiting = waiting;
    }

    /**
     * Ends those that began before now, and waits until none of them is left. Who is connecting is not to be seen yet;
     * so those that are, are waited for first, and then looked at: in this order none slips through.
     */
    List<ClientSession> end(PostgresSession session) {
        Beginning now = session.jdbc()
                .sql(BEGIN)
                .query((row, number) -> Beginning.of(session, row))
                .single();
        Map<Integer, ClientSession> ended = new TreeMap<>();
        List<Integer> starting = new ArrayList<>(now.starting());
        if (!waiting.until(ENDING, POLL, () -> {
            starting.retainAll(stillStarting(session, starting));
            return noneLeft(session, now.since(), ended) && starting.isEmpty();
        })) {
            throw new IllegalStateException("Client sessions on database " + session.database() + " still run "
                    + ENDING.toSeconds() + " s after they were told to end, or are still connecting: some of processes "
                    + Stream.concat(ended.keySet().stream(), starting.stream()).toList()
                    + ". Look at them in pg_stat_activity and pg_locks.");
        }
        return List.copyOf(ended.values());
    }

    /**
     * The same for those whom our role may see and end, and for a time that clients can wait. What it may not is in the
     * answer, and so is who did not go in time.
     */
    Ended endWithin(PostgresSession session, Duration atMost) {
        Beginning now = session.jdbc()
                .sql(BEGIN)
                .query((row, number) -> Beginning.seen(row))
                .single();
        Map<Integer, ClientSession> told = new TreeMap<>();
        Map<Integer, ClientSession> left = new TreeMap<>();
        List<Integer> starting = new ArrayList<>(now.starting());
        waiting.until(atMost, POLL, () -> {
            starting.retainAll(stillStarting(session, starting));
            left.clear();
            return noneEndable(session, now.since(), told, left) && starting.isEmpty();
        });
        told.keySet().removeAll(left.keySet());
        return new Ended(List.copyOf(told.values()), List.copyOf(left.values()), starting, now.hidden());
    }

    private static boolean noneEndable(
            PostgresSession session, String since, Map<Integer, ClientSession> told, Map<Integer, ClientSession> left) {
        return session
                .change()
                .sql(END_ENDABLE)
                .param("since", since)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) -> {
                    ClientSession client = client(session, row);
                    left.put(client.pid(), client);
                    boolean endable = row.getBoolean("endable");
                    if (endable) {
                        told.put(client.pid(), client);
                    }
                    return endable;
                })
                .list()
                .stream()
                .noneMatch(endable -> endable);
    }

    private static List<Integer> stillStarting(PostgresSession session, List<Integer> processes) {
        return processes.isEmpty()
                ? List.of()
                : session.jdbc()
                        .sql(STARTING)
                        .param("pids", processes)
                        .query((row, number) -> row.getInt("pid"))
                        .list();
    }

    /** Ends these where they are still there, and waits until they are gone. */
    void end(PostgresSession session, Collection<ClientSession> sessions) {
        if (sessions.isEmpty()) {
            return; // clients may be waiting for this
        }
        Integer[] processes = sessions.stream().map(ClientSession::pid).toArray(Integer[]::new);
        if (!waiting.until(
                ENDING,
                POLL,
                () -> allowed(
                                session,
                                () -> session.change()
                                        .sql(END_THESE)
                                        .param("pids", processes)
                                        .query(Boolean.class)
                                        .list())
                        .isEmpty())) {
            throw new IllegalStateException("Client sessions on database " + session.database() + " still run "
                    + ENDING.toSeconds() + " s after they were told to end: some of processes "
                    + List.of(processes) + ". Look at them in pg_stat_activity.");
        }
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

    private boolean noneLeft(PostgresSession session, String since, Map<Integer, ClientSession> ended) {
        List<ClientSession> left = terminate(session, since);
        left.forEach(client -> ended.putIfAbsent(client.pid(), client));
        return left.isEmpty();
    }

    private List<ClientSession> terminate(PostgresSession session, String since) {
        return allowed(
                session,
                () -> session.change()
                        .sql(END)
                        .param("since", since)
                        .param("ours", PostgresSessions.APPLICATION_NAME)
                        .query((row, number) -> client(session, row))
                        .list());
    }

    /** Whom our role may not end. */
    UnendableSessions unendable(PostgresSession session) {
        List<ClientSession> ofSuperusers = new ArrayList<>();
        List<ClientSession> ofOthers = new ArrayList<>();
        String role = session.jdbc()
                .sql(UNENDABLE)
                .query((row, number) -> {
                    if (row.getObject("pid") != null) {
                        (row.getBoolean("superuser") ? ofSuperusers : ofOthers).add(client(session, row));
                    }
                    return row.getString("me");
                })
                .list()
                .getFirst();
        return new UnendableSessions(role, ofSuperusers, ofOthers);
    }

    private <T> T allowed(PostgresSession session, Supplier<T> ending) {
        try {
            return ending.get();
        } catch (DataAccessException failure) {
            if (SqlState.of(failure).equals(NOT_ALLOWED)) {
                throw refusal(session, failure);
            }
            throw failure;
        }
    }

    /** Not with a cause, or people would read that instead. */
    private IllegalStateException refusal(PostgresSession session, DataAccessException failure) {
        List<String> sentences = unendable(session).sentences();
        IllegalStateException refusal =
                new IllegalStateException("Client sessions on database " + session.database() + " still run: "
                        + (sentences.isEmpty()
                                ? "our role may not end one that is gone by now. Grant it pg_signal_backend;"
                                        + " sessions of superusers only a superuser can end."
                                : String.join(" And ", sentences)));
        refusal.addSuppressed(failure);
        return refusal;
    }

    /** @throws IllegalStateException if our role may not see what this session is */
    static ClientSession client(PostgresSession session, ResultSet row) throws SQLException {
        HiddenSessions.refuse(session, row);
        return new ClientSession(
                row.getInt("pid"), row.getString("user"), row.getString("application"), row.getString("address"));
    }

    /** A moment, and the processes that were connecting at it. */
    private record Beginning(String since, List<Integer> starting, boolean hidden) {

        static Beginning of(PostgresSession session, ResultSet row) throws SQLException {
            HiddenSessions.refuse(session, row);
            return seen(row);
        }

        static Beginning seen(ResultSet row) throws SQLException {
            return new Beginning(
                    row.getString("since"),
                    List.of((Integer[]) row.getArray("starting").getArray()),
                    row.getBoolean("hidden"));
        }
    }
}
