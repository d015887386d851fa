package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.EntryServers;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.PoolerAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks through the PostgreSQL driver, in one simple statement. */
@Component
final class JdbcEntryServers implements EntryServers {

    private static final String WHO =
            "select (pg_catalog.pg_control_system()).system_identifier, pg_catalog.pg_is_in_recovery()";

    @Override
    public Optional<AnsweringServer> ask(PoolerAddress pooler, String entry, Duration deadline) {
        try (Connection client = PoolerDataSource.of(pooler, entry, deadline).getConnection();
                Statement statement = client.createStatement();
                ResultSet answer = statement.executeQuery(WHO)) {
            return answer.next()
                    ? Optional.of(new AnsweringServer(answer.getLong(1), answer.getBoolean(2)))
                    : Optional.empty();
        } catch (SQLException | PoolerUnreachable nobody) {
            return Optional.empty();
        }
    }
}
