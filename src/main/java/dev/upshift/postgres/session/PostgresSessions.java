package dev.upshift.postgres.session;

import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.time.Duration;

/** Opens sessions on foreign PostgreSQL servers. */
public interface PostgresSessions extends Port {

    /** Connect within 5 s, statements within 30 s: for everything that answers a person or a poll. */
    Timeouts SHORT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30));

    /** Connect within 5 s, statements within 24 h: index builds, hashes of large tables. */
    Timeouts LONG = new Timeouts(Duration.ofSeconds(5), Duration.ofHours(24));

    /** {@code application_name} of every session of ours. */
    String APPLICATION_NAME = "upshift";

    /**
     * Opens one session with {@code application_name = 'upshift'} and settings that make it independent of the
     * server's: writes allowed where the database is read-only by default, fixed DateStyle, TimeZone, a search_path of
     * {@code pg_catalog} alone (so every other name needs its schema), no longer than 10 s of waiting for a lock.
     *
     * @throws PostgresUnreachable if no session came about, with the reason in the operator's words
     */
    @Looks
    PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts);

    /**
     * As {@link #open(Endpoint, String, Timeouts)}, under the {@code application_name} upshift and this mark, so that
     * somebody else can find all sessions that serve one purpose and end them.
     *
     * @param mark letters, digits, blanks and full stops; empty for none
     */
    @Looks
    PostgresSession open(Endpoint endpoint, String database, Timeouts timeouts, String mark);

    /**
     * @param connect for TCP, TLS and sign-in together
     * @param statement for one statement, kept by the server ({@code statement_timeout}) and, a little later, by the
     *     socket, so that a dead host cannot hold a thread
     */
    record Timeouts(Duration connect, Duration statement) {}
}
