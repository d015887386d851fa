package dev.upshift.matrix;

import dev.upshift.matrix.Transaction.Kind;
import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.fence.SettingsHeld;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.fence.UnendableSessions;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import java.time.Duration;
import java.util.Collection;
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
        requireFree(session);
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
    public Ended endWithin(PostgresSession session, Duration atMost) {
        return new Ended(endClientSessions(session), List.of(), List.of(), false);
    }

    @Override
    public UnendableSessions unendable(PostgresSession session) {
        return new UnendableSessions("upshift", db(session).unendable, List.of());
    }

    @Override
    public void endSessions(PostgresSession session, Collection<ClientSession> sessions) {
        if (!sessions.isEmpty()) {
            endClientSessions(session);
        }
    }

    @Override
    public Behind behind(PostgresSession session) {
        return new Behind(
                ((Session) session).server.end(),
                sessions(session, transaction -> CLIENTS.contains(transaction.kind())),
                sessions(session, transaction -> transaction.kind() != Kind.PREPARED),
                List.of());
    }

    @Override
    public List<Passage> passages(PostgresSession session, Collection<String> ourLinks) {
        return List.of();
    }

    @Override
    public Admission admission(PostgresSession session) {
        FenceState now = db(session).fence;
        return new Admission(true, now.connectionLimit(), now.readOnlyDefault(), null, List.of());
    }

    @Override
    public int room(PostgresSession session) {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isWrittenSince(PostgresSession session, String link, Lsn position) {
        Server server = ((Session) session).server;
        for (long at = position.value(); at < server.end(); at++) {
            Change change = server.changeAt(at);
            if (change.database().equals(session.database())
                    && db(session).publications.getOrDefault(link, List.of()).contains(change.table())) {
                return true;
            }
        }
        return false;
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

    private static List<ClientSession> sessions(PostgresSession session, Predicate<Transaction> which) {
        return db(session).open.stream()
                .filter(which)
                .map(transaction -> new ClientSession(1, transaction.client(), "shop", "10.0.0.1"))
                .toList();
    }

    @Override
    public void lift(PostgresSession session, FenceState before) {
        requireFree(session);
        db(session).fence = before;
    }

    private static void requireFree(PostgresSession session) {
        if (!db(session).holders.isEmpty()) {
            throw new SettingsHeld(session.database(), db(session).holders);
        }
    }

    @Override
    public List<SettingsHolder> holders(PostgresSession session) {
        return List.copyOf(db(session).holders);
    }

    @Override
    public boolean isBeingChanged(PostgresSession session) {
        return false; // what a run does here is done at once
    }

    @Override
    public boolean endHolders(PostgresSession session, Collection<SettingsHolder> holders) {
        db(session).holders.removeIf(holder -> holder.endable() && holders.contains(holder));
        return db(session).holders.isEmpty();
    }

    private static Database db(PostgresSession session) {
        return ((Session) session).db();
    }
}
