package dev.upshift.postgres.catalog;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;

/** The planner's statistics, which neither a schema copy nor logical replication carries over. */
public interface Statistics extends Port {

    /** {@code ANALYZE} of the session's whole database; takes minutes where it is large. */
    void analyze(PostgresSession session);
}
