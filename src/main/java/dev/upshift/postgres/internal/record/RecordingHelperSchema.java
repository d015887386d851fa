package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The helper schema as it would be by then, with every sentinel arriving at once. */
final class RecordingHelperSchema implements HelperSchema {

    private final HelperSchema real;
    private final Map<String, Boolean> there = new HashMap<>();

    RecordingHelperSchema(HelperSchema real) {
        this.real = real;
    }

    private static String placeOf(PostgresSession session) {
        return RecordingSession.of(session).placeOf(session.database());
    }

    @Override
    public void create(PostgresSession session) {
        real.create(session);
        there.put(placeOf(session), true);
    }

    @Override
    public void drop(PostgresSession session) {
        if (exists(session)) {
            real.drop(session);
            there.put(placeOf(session), false);
        }
    }

    @Override
    public boolean exists(PostgresSession session) {
        Boolean known = there.get(placeOf(session));
        return known == null ? real.exists(session) : known;
    }

    @Override
    public void write(PostgresSession session, String token) {
        real.write(session, token);
    }

    @Override
    public boolean sees(PostgresSession session, String token) {
        return true;
    }

    @Override
    public Optional<Lsn> arrival(PostgresSession session, String token) {
        return Optional.of(new Lsn(0));
    }

    @Override
    public Optional<String> comment(PostgresSession session) {
        return real.comment(session);
    }
}
