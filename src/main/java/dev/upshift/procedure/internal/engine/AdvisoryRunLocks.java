package dev.upshift.procedure.internal.engine;

import dev.upshift.metadata.DedicatedConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A session advisory lock on a connection of its own, which the metadata database frees by itself when the owner's
 * process dies.
 */
@Component
class AdvisoryRunLocks implements RunLocks {

    /** Namespace of our advisory locks, the first key of {@code pg_try_advisory_lock(int, int)}. */
    private static final int NAMESPACE = 0x55505348;

    private final DedicatedConnections connections;

    AdvisoryRunLocks(DedicatedConnections connections) {
        this.connections = connections;
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
