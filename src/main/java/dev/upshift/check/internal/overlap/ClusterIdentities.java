package dev.upshift.check.internal.overlap;

import dev.upshift.check.internal.entry.Addresses;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.postgres.session.PostgresSessions.Timeouts;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.project.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;

/**
 * Which clusters are the same: by address, or by the system identifier of those that answer. Each is asked only once,
 * however many projects there are.
 */
final class ClusterIdentities {

    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(3));

    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final ConcurrentHashMap<String, Optional<Long>> identifiers = new ConcurrentHashMap<>();

    ClusterIdentities(PostgresSessions sessions, Catalog catalog) {
        this.sessions = sessions;
        this.catalog = catalog;
    }

    boolean isSame(Cluster ours, Cluster theirs) {
        if (Addresses.meet(ours.endpoint().host(), ours.endpoint().port(), List.of(theirs.endpoint()))) {
            return true;
        }
        Optional<Long> identifier = identifier(ours);
        return identifier.isPresent() && identifier.equals(identifier(theirs));
    }

    private Optional<Long> identifier(Cluster cluster) {
        return identifiers.computeIfAbsent(cluster.endpoint().address(), _ -> asked(cluster));
    }

    /** By its maintenance database, which the draft's own trial has shown to answer, or another project's has once. */
    private Optional<Long> asked(Cluster cluster) {
        try (PostgresSession session = sessions.open(cluster.endpoint(), "postgres", TIMEOUTS)) {
            return Optional.of(catalog.server(session).systemIdentifier());
        } catch (PostgresUnreachable | DataAccessException silent) {
            return Optional.empty();
        }
    }
}
