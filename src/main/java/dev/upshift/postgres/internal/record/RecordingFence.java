package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.fence.Fence;
import dev.upshift.postgres.fence.Fence.Admission;
import dev.upshift.postgres.fence.Fence.Behind;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.Fence.Ended;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.Fence.Passage;
import dev.upshift.postgres.fence.SettingsHolder;
import dev.upshift.postgres.fence.UnendableSessions;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fence as it would be by then, with nobody writing behind it. */
final class RecordingFence implements Fence {

    private static final ClientSession ANYBODY = new ClientSession(0, null, null, null);

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
    public Ended endWithin(PostgresSession session, Duration atMost) {
        return real.endWithin(session, atMost);
    }

    @Override
    public UnendableSessions unendable(PostgresSession session) {
        return new UnendableSessions("", List.of(), List.of()); // the guards look, and a plan ends nobody
    }

    @Override
    public void endSessions(PostgresSession session, Collection<ClientSession> sessions) {
        RecordingSession.of(session).only("only if some came back", () -> real.endSessions(session, List.of(ANYBODY)));
    }

    @Override
    public Behind behind(PostgresSession session) {
        return new Behind(0, List.of(), List.of(), List.of());
    }

    @Override
    public List<Passage> passages(PostgresSession session, Collection<String> ourLinks) {
        return real.passages(session, ourLinks);
    }

    /** Nobody is waited for: the guards look. */
    @Override
    public Admission admission(PostgresSession session) {
        Admission now = real.admission(session);
        return new Admission(
                now.allowsConnections(),
                now.connectionLimit(),
                now.databaseDefault(),
                now.generalDefault(),
                now.readOnlyRoles());
    }

    @Override
    public int room(PostgresSession session) {
        return real.room(session);
    }

    /** Asked only where somebody writes behind the fence. */
    @Override
    public boolean isWrittenSince(PostgresSession session, String link, Lsn position) {
        return false;
    }

    @Override
    public boolean endSession(PostgresSession session, int pid) {
        return real.endSession(session, pid);
    }

    @Override
    public boolean endMarked(PostgresSession session, String prefix, String kept) {
        return real.endMarked(session, prefix, kept);
    }

    /** The guards look. */
    @Override
    public List<SettingsHolder> holders(PostgresSession session) {
        return List.of();
    }

    @Override
    public boolean isBeingChanged(PostgresSession session) {
        return false;
    }

    /** Asked only where somebody holds the settings. */
    @Override
    public boolean endHolders(PostgresSession session, Collection<SettingsHolder> holders) {
        return true;
    }

    @Override
    public void lift(PostgresSession session, FenceState before) {
        real.lift(session, before);
        states.put(placeOf(session), before);
    }
}
