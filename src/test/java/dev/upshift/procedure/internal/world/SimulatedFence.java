package dev.upshift.procedure.internal.world;

import dev.upshift.postgres.Fence;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.procedure.internal.world.Transaction.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

final class SimulatedFence implements Fence {

    private static final Set<Kind> CLIENTS = EnumSet.of(Kind.POOLED, Kind.DIRECT);

    private final Sessions sessions;

    SimulatedFence(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public FenceState read(PostgresSession session) {
        return db(session).fence;
    }

    @Override
    public void raise(PostgresSession session, boolean hard) {
        db(session).fence = new FenceState("on", hard ? 0 : db(session).fence.connectionLimit());
    }

    @Override
    public List<ClientSession> endClientSessions(PostgresSession session) {
        List<ClientSession> ended = sessions(session, transaction -> CLIENTS.contains(transaction.kind()));
        db(session).ended++;
        db(session).open.removeIf(transaction -> CLIENTS.contains(transaction.kind()));
        return ended;
    }

    @Override
    public List<ClientSession> clientSessions(PostgresSession session) {
        return sessions(session, transaction -> CLIENTS.contains(transaction.kind()));
    }

    @Override
    public boolean endSession(PostgresSession session, int pid) {
        sessions.end(((Session) session).server, pid);
        return true;
    }

    @Override
    public boolean endMarked(PostgresSession session, String prefix, String kept) {
        sessions.endMarked(((Session) session).server, prefix, kept);
        return true;
    }

    @Override
    public List<ClientSession> writers(PostgresSession session) {
        return sessions(session, transaction -> transaction.kind() != Kind.PREPARED);
    }

    private static List<ClientSession> sessions(PostgresSession session, Predicate<Transaction> which) {
        return db(session).open.stream()
                .filter(which)
                .map(transaction -> new ClientSession(1, transaction.client(), "shop", "10.0.0.1"))
                .toList();
    }

    @Override
    public void lift(PostgresSession session, FenceState before) {
        db(session).fence = before;
    }

    private static Database db(PostgresSession session) {
        return ((Session) session).db();
    }
}
