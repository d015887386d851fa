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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Opens sessions that record. A server that did not answer once is not waited for again. */
final class RecordingSessions implements PostgresSessions {

    /** Somebody waits for the page, and every guard has just had an answer. */
    private static final Timeouts IMPATIENT = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5));

    /** The database that every cluster has. */
    private static final String MAINTENANCE = "postgres";

    private final DriverSessions sessions;
    private final Set<String> created;
    private final Consumer<Recorded> record;
    private final Map<String, PostgresUnreachable> away = new ConcurrentHashMap<>();

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
    public PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts, String mark) {
        String key = endpoint.address() + "/" + database;
        PostgresUnreachable before = away.get(key);
        if (before != null) {
            throw before;
        }
        try {
            return new RecordingSession(open(endpoint, database), endpoint, database, record);
        } catch (PostgresUnreachable unreachable) {
            away.put(key, unreachable);
            throw unreachable;
        }
    }

    private DriverSession open(Endpoint endpoint, String database) {
        String there = created.contains(endpoint.address() + "/" + database) ? MAINTENANCE : database;
        return sessions.open(endpoint, there, IMPATIENT, "");
    }
}
