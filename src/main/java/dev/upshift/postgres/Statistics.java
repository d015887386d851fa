package dev.upshift.postgres;

/** The planner's statistics, which neither a schema copy nor logical replication carries over. */
public interface Statistics {

    /** {@code ANALYZE} of the session's whole database; takes minutes where it is large. */
    void analyze(PostgresSession session);
}
