package dev.upshift.engine.internal.lease;

import dev.upshift.metadata.DedicatedConnections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Leases in the metadata database, on a connection of their own: no other work may delay a renewal. */
@Component
public class StoredRunLeases implements RunLeases, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoredRunLeases.class);

    /** Shorter than an owner is sure of itself, so that a connection that hangs is replaced in time. */
    private static final Duration ANSWER = Duration.ofMillis(800);

    private static final String RENEW = """
            update run_lease lease set renewed_at = clock_timestamp()
            from unnest(?::bigint[], ?::int[]) as owned (run_id, epoch)
            where lease.run_id = owned.run_id and lease.epoch = owned.epoch
            returning lease.run_id,
                      (select coalesce(abort_requested_by, (select ordered_by from stop_order), '')
                       from run where run.id = lease.run_id)
            """;

    private final DedicatedConnections connections;
    private @Nullable Connection connection;

    public StoredRunLeases(DedicatedConnections connections) {
        this.connections = connections;
    }

    @Override
    public synchronized Map<Long, String> renew(Map<Long, Integer> epochs) {
        try {
            Connection open = open();
            try (PreparedStatement statement = open.prepareStatement(RENEW)) {
                statement.setArray(
                        1, open.createArrayOf("bigint", epochs.keySet().toArray()));
                statement.setArray(2, open.createArrayOf("int", epochs.values().toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    Map<Long, String> owned = new HashMap<>();
                    while (rows.next()) {
                        owned.put(rows.getLong(1), rows.getString(2));
                    }
                    return owned;
                }
            }
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("The metadata database did not renew the runs' leases", e);
        }
    }

    @Override
    public synchronized void free(long run, int epoch) {
        try (PreparedStatement statement =
                open().prepareStatement("delete from run_lease where run_id = ? and epoch = ?")) {
            statement.setLong(1, run);
            statement.setInt(2, epoch);
            statement.executeUpdate();
        } catch (SQLException | IllegalStateException unanswered) {
            close();
            log.warn("The lease of run {} could not be given up; it runs out by itself", run, unanswered);
        }
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connections.open("upshift run leases");
            open.setNetworkTimeout(Runnable::run, Math.toIntExact(ANSWER.toMillis()));
            connection = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyGone) {
                // gone is what was wanted
            }
        }
    }
}
