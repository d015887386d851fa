package dev.upshift.matrix;

import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import java.util.Optional;

final class SimulatedHelperSchema implements HelperSchema {

    @Override
    public void create(PostgresSession session) {
        if (!exists(session)) {
            db(session).helperSchema = true;
            db(session).createTable(SENTINEL);
        }
    }

    @Override
    public void drop(PostgresSession session) {
        db(session).helperSchema = false;
        db(session).tables.remove(SENTINEL);
    }

    @Override
    public boolean exists(PostgresSession session) {
        return db(session).helperSchema;
    }

    @Override
    public void write(PostgresSession session, String token) {
        ((Session) session).server.insert(db(session), SENTINEL, token);
        ((Session) session).server.flush();
    }

    @Override
    public boolean sees(PostgresSession session, String token) {
        return db(session).tables.get(SENTINEL).contains(token);
    }

    @Override
    public Optional<Lsn> arrival(PostgresSession session, String token) {
        return sees(session, token) ? Optional.of(new Lsn(((Session) session).server.end())) : Optional.empty();
    }

    @Override
    public Optional<String> comment(PostgresSession session) {
        throw new UnsupportedOperationException();
    }

    private static Database db(PostgresSession session) {
        return ((Session) session).db();
    }
}
