package dev.upshift.engine.procedure;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.project.Project;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.Side;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future.State;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;

/**
 * The sessions of one run: opened when first asked for, kept, and closed together. A session belongs to a side, a
 * database and a role, so that two threads never share one, and shows for which run it acts.
 */
public final class SessionPool implements AutoCloseable {

    private final PostgresSessions sessions;
    private final String mark;
    private final Project project;
    private final Timeouts timeouts;
    private final Map<Key, CompletableFuture<PostgresSession>> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public SessionPool(Ports ports, Project project, Timeouts timeouts) {
        this(ports.servers().sessions(), ports.ownership().mark(), project, timeouts);
    }

    /** @param mark what the sessions show, see {@link Ownership#mark()} */
    public SessionPool(PostgresSessions sessions, String mark, Project project, Timeouts timeouts) {
        this.sessions = sessions;
        this.mark = mark;
        this.project = project;
        this.timeouts = timeouts;
    }

    /** The session of this role, opened if it is not. Waits for nobody but whoever is opening the very same one. */
    public PostgresSession session(Side side, String database, Role role) {
        Key key = new Key(side, database, role);
        CompletableFuture<PostgresSession> mine = new CompletableFuture<>();
        CompletableFuture<PostgresSession> others = open.putIfAbsent(key, mine);
        return others == null ? open(key, mine) : FanOut.answer(others);
    }

    private PostgresSession open(Key key, CompletableFuture<PostgresSession> mine) {
        try {
            PostgresSession session =
                    sessions.open(project.cluster(key.side()).endpoint(), key.database(), timeouts, mark);
            mine.complete(session);
            if (closed) {
                session.close();
            }
            return session;
        } catch (RuntimeException e) {
            open.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** The session of this role if it is open; never waits. */
    public Optional<PostgresSession> opened(Side side, String database, Role role) {
        CompletableFuture<PostgresSession> session = open.get(new Key(side, database, role));
        return session != null && session.state() == State.SUCCESS
                ? Optional.of(session.resultNow())
                : Optional.empty();
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
        CompletableFuture<PostgresSession> session = open.remove(new Key(side, database, role));
        if (session != null) {
            CompletableFuture<Void> _ = session.thenAccept(PostgresSession::abort);
        }
    }

    @Override
    public void close() {
        closed = true;
        open.values().forEach(session -> {
            CompletableFuture<Void> _ = session.thenAccept(PostgresSession::close);
        });
        open.clear();
    }

    /** What a session is for; roles never wait for each other. */
    public enum Role {
        /** Performs the steps. */
        WORK,
        /** Reads beside a working step. */
        READ,
        /** Reads one half of what {@link #READ} reads the other half of. */
        READ_TOO,
        /** Looks, or sets what nobody else touches, beside both. */
        LOOK,
        /** Looks at what takes long, beside {@link #LOOK}. */
        LOOK_TOO,
        /** Belongs to whoever lets clients go, so that no step can keep it busy. */
        WATCH
    }

    private record Key(Side side, String database, Role role) {}
}
