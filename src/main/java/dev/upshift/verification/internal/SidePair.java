package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows;
import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.verification.internal.BothSides.Answers;

/**
 * Two sessions on the same database, one on each side, for one thread at a time.
 *
 * @param rows what is asked over them
 * @param begin the moment at which they were opened, on either side
 */
record SidePair(ComparedRows rows, PostgresSession publishing, PostgresSession subscribing, Answers<Long> begin)
        implements AutoCloseable {

    static SidePair open(
            PostgresSessions sessions, ComparedRows rows, Project project, String database, Side publisher) {
        PostgresSession publishing = open(sessions, rows, project, publisher, database);
        try {
            return with(rows, publishing, open(sessions, rows, project, publisher.other(), database));
        } catch (RuntimeException unreachable) {
            publishing.close();
            throw unreachable;
        }
    }

    private static SidePair with(ComparedRows rows, PostgresSession publishing, PostgresSession subscribing) {
        try {
            Answers<Long> begin = new Answers<>(rows.mark(publishing), rows.mark(subscribing));
            return new SidePair(rows, publishing, subscribing, begin);
        } catch (RuntimeException broken) {
            subscribing.close();
            throw broken;
        }
    }

    /** The same sessions, for which a comparison began earlier. */
    SidePair since(Answers<Long> earlier) {
        return new SidePair(rows, publishing, subscribing, earlier);
    }

    BothSides of(ComparedTable table) {
        return new BothSides(
                rows.side(publishing, table, begin.publishing()), rows.side(subscribing, table, begin.subscribing()));
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

    private static PostgresSession open(
            PostgresSessions sessions, ComparedRows rows, Project project, Side side, String database) {
        PostgresSession session = sessions.open(project.cluster(side).endpoint(), database, PostgresSessions.LONG);
        try {
            rows.writeAlike(session);
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }
}
