package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.pooler.PoolerUnreachable.Reason;
import dev.upshift.shared.PoolerAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.stereotype.Component;

/** Opens consoles with the PostgreSQL driver, which speaks the console's protocol when it is told to keep it simple. */
@Component
final class JdbcPoolerConsoles implements PoolerConsoles {

    /** The database name that PgBouncer reserves for its console. */
    static final String CONSOLE_DATABASE = "pgbouncer";

    @Override
    public PoolerConsole open(PoolerAddress pooler, Duration deadline) {
        ConsoleFailure failure = new ConsoleFailure(pooler);
        PGSimpleDataSource console = PoolerDataSource.of(pooler, CONSOLE_DATABASE, deadline);
        // Without this the driver begins with SET commands, which consoles up to 1.25 answer with "SET failed".
        console.setReplication("false");
        Connection connection = null;
        try {
            connection = console.getConnection();
            JdbcPoolerConsole opened = JdbcPoolerConsole.on(connection, pooler, deadline, failure);
            refuseMereReaders(opened, pooler);
            return opened;
        } catch (SQLException e) {
            throw failure.ofOpening(e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    /**
     * Tells an administrator from a statistics user by the list itself, because every command that only administrators
     * may give either changes something, shows secrets, or leaves an error in PgBouncer's log each time.
     */
    private static void refuseMereReaders(PoolerConsole console, PoolerAddress pooler) {
        String user = pooler.console().username();
        String admins = console.config().getOrDefault("admin_users", "");
        if (Arrays.stream(admins.split("[,\\s]+")).noneMatch(user::equals)) {
            throw new PoolerUnreachable(
                    Reason.NOT_ADMIN,
                    ("The user %s may look at pooler %s but may not PAUSE it. Add the user to admin_users in its"
                                    + " configuration and RELOAD it.")
                            .formatted(user, pooler.name()),
                    null);
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException alreadyBroken) {
                // The failure that brought us here is the one to report.
            }
        }
    }
}
