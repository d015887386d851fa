package dev.upshift.postgres.link;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.TableName;
import java.util.Optional;

/**
 * The schema {@code upshift} on both sides with its one table {@code sentinel}, whose rows travel through the links and
 * prove that they work.
 */
public interface HelperSchema extends Port {

    String NAME = "upshift";

    TableName SENTINEL = new TableName(NAME, "sentinel");

    void create(PostgresSession session);

    void drop(PostgresSession session);

    @Looks
    boolean exists(PostgresSession session);

    /** Writes a sentinel row, and removes those that are over an hour old. */
    void write(PostgresSession session, String token);

    @Looks
    boolean sees(PostgresSession session, String token);

    /**
     * Whether the row is there, and what lies behind it.
     *
     * @return {@code pg_current_wal_insert_lsn()}, read after the row was seen: its commit lies before it, and so do all
     *     that were made before that one. Empty while the row is not there
     */
    @Looks
    Optional<Lsn> arrival(PostgresSession session, String token);

    /** Who created the schema's objects, if it exists; a schema of that name that is not ours must be left alone. */
    @Looks
    Optional<String> comment(PostgresSession session);
}
