package dev.upshift.postgres.internal.catalog;

import dev.upshift.postgres.catalog.Statistics;
import dev.upshift.postgres.session.PostgresSession;
import org.springframework.stereotype.Component;

/** Statistics by the server's own command. */
@Component
class SqlStatistics implements Statistics {

    @Override
    public void analyze(PostgresSession session) {
        session.change().sql("analyze").update();
    }
}
