package dev.upshift.engine.internal.lease;

import dev.upshift.engine.internal.lease.RunLocks.RunLock;
import dev.upshift.metadata.DedicatedConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A session advisory lock on a connection of its own, which the metadata database frees by itself when the owner's
 * process dies.
 */
@Component
public class AdvisoryRunLocks implements RunLocks {

    /** Namespace of our advisory locks, the first key of {@code pg_try_advisory_lock(int, int)}. */
    private static final int NAMESPACE = 0x55505348;

    private final DedicatedConnections connections;
    private final JdbcClient jdbc;

    public AdvisoryRunLocks(DedicatedConnections connections, JdbcClient jdbc) {
        this.connections = connections;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<RunLock> acquire(long projectId) {
        Connection connection = connections.open("upshift run lock");
        boolean kept = false;
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            statement.setInt(1, NAMESPACE);
            statement.setInt(2, Math.toIntExact(projectId));
            try (ResultSet row = statement.executeQuery()) {
                kept = row.next() && row.getBoolean(1);
            }
            return kept ? Optional.of(new HeldLock(connection)) : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("The metadata database did not answer when the run was to be locked", e);
        } finally {
            if (!kept) {
                new HeldLock(connection).close();
            }
        }
    }

    @Override
    public void endHolder(long projectId, Instant before) {
        jdbc.sql("""
                        select pg_terminate_backend(held.pid)
                        from pg_locks held join pg_stat_activity session on session.pid = held.pid
                        where held.locktype = 'advisory' and held.granted and held.objsubid = 2
                          and held.database = (select oid from pg_database where datname = current_database())
                          and held.classid = :namespace::bigint::oid and held.objid = :project::bigint::oid
                          and session.backend_start < :before
                        """)
                .param("namespace", NAMESPACE)
                .param("project", projectId)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .list();
    }

    /** A held lock; closing its connection frees it. */
    private record HeldLock(Connection connection) implements RunLock {

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException alreadyGone) {
                // the server frees the lock with the session
            }
        }
    }
}
