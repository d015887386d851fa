package dev.upshift.verification.internal;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.verification.internal.BothSides.Answers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two sessions on the same database, one on each side, for one thread at a time.
 *
 * @param begin the moment at which they were opened, on either side
 */
record SidePair(PostgresSession publishing, PostgresSession subscribing, Answers<Long> begin) implements AutoCloseable {

    private static final String SAME_TEXT =
            // Beyond what every session of ours has: money is written by locale, floating point by precision.
            "select set_config('extra_float_digits', '1', false), set_config('lc_monetary', 'C', false)";

    static SidePair open(PostgresSessions sessions, Project project, String database, Side publisher) {
        PostgresSession publishing = open(sessions, project, publisher, database);
        try {
            return with(publishing, open(sessions, project, publisher.other(), database));
        } catch (RuntimeException unreachable) {
            publishing.close();
            throw unreachable;
        }
    }

    private static SidePair with(PostgresSession publishing, PostgresSession subscribing) {
        try {
            Answers<Long> begin = new Answers<>(SessionTableSide.mark(publishing), SessionTableSide.mark(subscribing));
            return new SidePair(publishing, subscribing, begin);
        } catch (RuntimeException broken) {
            subscribing.close();
            throw broken;
        }
    }

    /** The same sessions, for which a comparison began earlier. */
    SidePair since(Answers<Long> earlier) {
        return new SidePair(publishing, subscribing, earlier);
    }

    BothSides of(ComparedTable table, JsonMapper json) {
        return new BothSides(
                new SessionTableSide(publishing, table, begin.publishing(), json),
                new SessionTableSide(subscribing, table, begin.subscribing(), json));
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
