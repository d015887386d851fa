package dev.upshift.check.internal.entry;

import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.project.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Asks a server of a project who it is and who is connected to it. */
@Component
final class LeftServers {

    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(4), Duration.ofSeconds(4));

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final DatabaseLooks looks;

    LeftServers(PostgresSessions sessions, Catalog catalog, DatabaseLooks looks) {
        this.sessions = sessions;
        this.catalog = catalog;
        this.looks = looks;
    }

    /**
     * @param databases one of these is signed in to
     * @param more databases whose sessions count as well
     * @return {@link LeftServer#SILENT} if it does not answer, which is told elsewhere
     */
    LeftServer look(Cluster cluster, Set<String> databases, Collection<String> more) {
        for (String database : databases) {
            try (PostgresSession session = sessions.open(cluster.endpoint(), database, TIMEOUTS)) {
                return new LeftServer(
                        Optional.of(catalog.server(session).systemIdentifier()),
                        looks.processes(
                                session,
                                Stream.concat(databases.stream(), more.stream()).toList()));
            } catch (PostgresUnreachable | DataAccessException notThisOne) {
                // The target need not have every database yet.
            }
        }
        return LeftServer.SILENT;
    }
}
