package dev.upshift.verification.internal;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import tools.jackson.databind.json.JsonMapper;

/** Two sessions on the same database, one on each side, for one thread at a time. */
record SidePair(PostgresSession publishing, PostgresSession subscribing) implements AutoCloseable {

    private static final String SAME_TEXT =
            // Beyond what every session of ours has: money is written by locale, floating point by precision.
            "select set_config('extra_float_digits', '1', false), set_config('lc_monetary', 'C', false)";

    static SidePair open(PostgresSessions sessions, Project project, String database, Side publisher) {
        PostgresSession publishing = open(sessions, project, publisher, database);
        try {
            return new SidePair(publishing, open(sessions, project, publisher.other(), database));
        } catch (RuntimeException unreachable) {
            publishing.close();
            throw unreachable;
        }
    }

    BothSides of(ComparedTable table, JsonMapper json) {
        return new BothSides(
                new SessionTableSide(publishing, table, json), new SessionTableSide(subscribing, table, json));
    }

    /** Ends whatever the two are doing, from another thread. */
    void abort() {
        publishing.abort();
        subscribing.abort();
    }

    @Override
    public void close() {
        publishing.close();
        subscribing.close();
    }

    private static PostgresSession open(PostgresSessions sessions, Project project, Side side, String database) {
        PostgresSession session = sessions.open(project.cluster(side).endpoint(), database, PostgresSessions.LONG);
        try {
            session.jdbc().sql(SAME_TEXT).query().listOfRows();
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }
}
