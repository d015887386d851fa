package dev.upshift.postgres.internal;

import dev.upshift.postgres.Fence;
import dev.upshift.postgres.PostgresSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fence as it would be by then, with nobody writing behind it. */
final class RecordingFence implements Fence {

    private final Fence real;
    private final Map<String, FenceState> states = new HashMap<>();

    RecordingFence(Fence real) {
        this.real = real;
    }

    private static String placeOf(PostgresSession session) {
        return RecordingSession.of(session).placeOf(session.database());
    }

    @Override
    public FenceState read(PostgresSession session) {
        FenceState known = states.get(placeOf(session));
        return known == null ? real.read(session) : known;
    }

    @Override
    public void raise(PostgresSession session, boolean hard) {
        FenceState before = read(session);
        real.raise(session, hard);
        states.put(placeOf(session), new FenceState("on", hard ? 0 : before.connectionLimit()));
    }

    @Override
    public List<ClientSession> endClientSessions(PostgresSession session) {
        return real.endClientSessions(session);
    }

    @Override
    public List<ClientSession> clientSessions(PostgresSession session) {
        return List.of();
    }

    @Override
    public boolean endSession(PostgresSession session, int pid) {
        return real.endSession(session, pid);
    }

    @Override
    public boolean endMarked(PostgresSession session, String prefix, String kept) {
        return real.endMarked(session, prefix, kept);
    }

    @Override
    public List<ClientSession> writers(PostgresSession session) {
        return List.of();
    }

    @Override
    public void lift(PostgresSession session, FenceState before) {
        real.lift(session, before);
        states.put(placeOf(session), before);
    }
}
