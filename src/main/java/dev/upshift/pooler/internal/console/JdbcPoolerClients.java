package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerClients;
import dev.upshift.shared.PoolerAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.stereotype.Component;

/** A client through the PostgreSQL driver, with nothing that transaction pooling would not stand. */
@Component
final class JdbcPoolerClients implements PoolerClients {

    @Override
    public ServerBehind look(PoolerAddress pooler, String entry, Duration deadline) {
        try (Connection client = asClient(pooler, entry, deadline).getConnection();
                Statement statement = client.createStatement();
                ResultSet answer = statement.executeQuery(
                        "select (pg_control_system()).system_identifier, current_setting('transaction_read_only')")) {
            answer.next();
            return new ServerBehind(answer.getLong(1), answer.getString(2).equals("on"));
        } catch (SQLException e) {
            throw ClientFailure.through(pooler, entry, e);
        }
    }

    private static PGSimpleDataSource asClient(PoolerAddress pooler, String entry, Duration deadline) {
        PGSimpleDataSource source = PoolerDataSource.of(pooler, entry, deadline);
        source.setUser(pooler.client().username());
        source.setPassword(pooler.client().password().reveal());
        return source;
    }
}
