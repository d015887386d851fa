package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.Recorded;
import dev.upshift.postgres.internal.session.DriverSession;
import dev.upshift.postgres.internal.session.DriverSessions;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Opens sessions that record: as many as asked for, over one real session per database. Steps are recorded one after the
 * other, so none is in another's way, and a plan of a switch would else connect a dozen times. A server that did not
 * answer once is not waited for again.
 */
final class RecordingSessions implements PostgresSessions {

    /** Somebody waits for the page, and every guard has just had an answer. */
    private static final Timeouts IMPATIENT = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5));

    /** The database that every cluster has. */
    private static final String MAINTENANCE = "postgres";

    private final DriverSessions sessions;
    private final Set<String> created;
    private final Consumer<Recorded> record;
    private final Map<Place, PostgresUnreachable> away = new HashMap<>();
    private final Map<Place, Shared> open = new HashMap<>();

    /** @param created names of databases that a plan would have created by then */
    RecordingSessions(DriverSessions sessions, Set<String> created, Consumer<Recorded> record) {
        this.sessions = sessions;
        this.created = created;
        this.record = record;
    }

    @Override
    public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts) {
        return open(endpoint, database, timeouts, "");
    }

    @Override
    public synchronized PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts, String mark) {
        String there = created.contains(endpoint.address() + "/" + database) ? MAINTENANCE : database;
        Place place = new Place(endpoint, there);
        PostgresUnreachable before = away.get(place);
        if (before != null) {
            throw before;
        }
        try {
            Shared shared = open.computeIfAbsent(place, this::connect);
            shared.users++;
            return new RecordingSession(shared.real, endpoint, database, record, lost -> leave(place, shared, lost));
        } catch (PostgresUnreachable unreachable) {
            away.put(place, unreachable);
            throw unreachable;
        }
    }

    private Shared connect(Place place) {
        DriverSession real = sessions.open(place.endpoint(), place.database(), IMPATIENT, "");
        try {
            real.jdbc().sql("set default_transaction_read_only = on").update();
            return new Shared(real);
        } catch (RuntimeException unusable) {
            real.close();
            throw unusable;
        }
    }

    /** @param lost whether it is of no use any more, so that whoever comes next gets a fresh one */
    private synchronized void leave(Place place, Shared shared, boolean lost) {
        shared.users--;
        if (lost || shared.users == 0) {
            open.remove(place, shared);
        }
        if (shared.users == 0) {
            shared.real.close();
        }
    }

    private record Place(Endpoint endpoint, String database) {}

    /** A real session, which closes with the last of those over it. */
    private static final class Shared {

        private final DriverSession real;
        private int users;

        Shared(DriverSession real) {
            this.real = real;
        }
    }
}
