package dev.upshift.procedure.internal.common;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.PostgresSessions.Timeouts;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;

/**
 * The sessions of one run: opened when first asked for, kept, and closed together. A session belongs to a side, a
 * database and a role, so that two threads never share one.
 */
public final class SessionPool implements AutoCloseable {

    private final PostgresSessions sessions;
    private final Project project;
    private final Timeouts timeouts;
    private final Map<Key, PostgresSession> open = new ConcurrentHashMap<>();

    public SessionPool(PostgresSessions sessions, Project project, Timeouts timeouts) {
        this.sessions = sessions;
        this.project = project;
        this.timeouts = timeouts;
    }

    /** The session of this role, opened if it is not. */
    public PostgresSession session(Side side, String database, Role role) {
        return open.computeIfAbsent(
                new Key(side, database, role),
                key -> sessions.open(project.cluster(side).endpoint(), database, timeouts));
    }

    /** The session that steps work with. */
    public PostgresSession work(Side side, String database) {
        return session(side, database, Role.WORK);
    }

    /**
     * Does something that must be done even if the kept session was lost meanwhile: on failure once more with a fresh
     * one.
     */
    public <T> T reliably(Side side, String database, Role role, Function<PostgresSession, T> work) {
        try {
            return work.apply(session(side, database, role));
        } catch (DataAccessException lost) {
            forget(side, database, role);
            return work.apply(session(side, database, role));
        }
    }

    /** Cuts a session that may be stuck; the next use opens a fresh one. */
    public void forget(Side side, String database, Role role) {
        PostgresSession session = open.remove(new Key(side, database, role));
        if (session != null) {
            session.abort();
        }
    }

    @Override
    public void close() {
        open.values().forEach(PostgresSession::close);
        open.clear();
    }

    /** What a session is for; roles never wait for each other. */
    public enum Role {
        /** Performs the steps. */
        WORK,
        /** Reads beside a working step. */
        READ,
        /** Belongs to the watchdog, so that no step can keep it busy. */
        WATCH
    }

    private record Key(Side side, String database, Role role) {}
}
