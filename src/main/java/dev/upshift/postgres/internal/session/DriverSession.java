package dev.upshift.postgres.internal.session;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Secret;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A session over one connection of the driver. */
public final class DriverSession implements SecretSession {

    /** How much later than the server the socket gives up: the server's own error is the better one. */
    private static final Duration NETWORK_MARGIN = Duration.ofSeconds(5);

    /** A healthy server takes the request to cancel within a few milliseconds. */
    private static final Duration CANCEL_PATIENCE = Duration.ofMillis(200);

    /**
     * A view that somebody puts in a table's place would have its functions run with our rights. Known to minor releases
     * since August 2024 (13.16, 14.13, 15.8, 16.4, 17.0).
     */
    private static final String TABLES_ONLY =
            "select set_config('restrict_nonsystem_relation_kind', 'view, foreign-table', false)"
                    + " where current_setting('restrict_nonsystem_relation_kind', true) is not null";

    private static final Logger log = LoggerFactory.getLogger(DriverSession.class);

    private final Connection connection;
    private final PGConnection driver;
    private final String database;
    private final Supplier<DriverSession> another;
    private final PostgresVersion version;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    private DriverSession(Connection connection, String database, Supplier<DriverSession> another) throws SQLException {
        this.connection = connection;
        this.another = another;
        this.driver = connection.unwrap(PGConnection.class);
        this.database = database;
        DatabaseMetaData server = connection.getMetaData();
        this.version = new PostgresVersion(server.getDatabaseMajorVersion() * 10000 + server.getDatabaseMinorVersion());
        SingleConnectionDataSource only = new SingleConnectionDataSource(connection, true);
        this.jdbc = JdbcClient.create(only);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(only));
    }

    /**
     * Takes the connection over; closes it if it turns out not to be usable.
     *
     * @param another opens a second one to the same database
     */
    static DriverSession over(
            Connection connection, String database, Duration statementTimeout, Supplier<DriverSession> another)
            throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, networkTimeout(statementTimeout));
            // The driver sends its own zone and style when it connects.
            DriverSession session = new DriverSession(connection, database, another);
            session.execute("set timezone = 'UTC'; set datestyle = 'ISO, YMD'; " + TABLES_ONLY
                    + SessionSettings.of(session.version()));
            return session;
        } catch (SQLException | RuntimeException unusable) {
            connection.close();
            throw unusable;
        }
    }

    /** The session behind the interface, for statements that must not pass through anything that logs them. */
    public static DriverSession of(PostgresSession session) {
        if (session instanceof DriverSession ours) {
            return ours;
        }
        throw new IllegalArgumentException("Not a session of " + DriverSessions.class.getSimpleName() + ": " + session);
    }

    @Override
    public JdbcClient jdbc() {
        return jdbc;
    }

    @Override
    public JdbcClient change() {
        return jdbc;
    }

    @Override
    public String reveal(Secret secret) {
        return secret.reveal();
    }

    @Override
    public void execute(SecretCommand command) throws SQLException {
        command.execute(this);
    }

    /** A second session like this one, to look at what this one waits for; answers within a second or not at all. */
    public DriverSession beside() {
        return another.get();
    }

    /** Server, database and user, as one text. */
    public String place() {
        try {
            DatabaseMetaData server = connection.getMetaData();
            return server.getUserName() + " at " + server.getURL();
        } catch (SQLException broken) {
            throw new IllegalStateException("The connection to database " + database + " is broken", broken);
        }
    }

    /** For whoever puts something between this session and its connection. */
    public Connection connection() {
        return connection;
    }

    @Override
    public PostgresVersion version() {
        return version;
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public int backendPid() {
        return driver.getBackendPID();
    }

    @Override
    public void ping() {
        jdbc.sql("select 1").query(Integer.class).single();
    }

    /** Runs a command past Spring, which quotes the statement in exceptions and in its debug log. */
    void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    /** Tries something that must leave nothing behind; answers how it failed, or null. */
    @Nullable SQLException inRolledBackTransaction(Attempt attempt) {
        return transactions.execute(status -> {
            status.setRollbackOnly();
            try {
                attempt.on(this);
                return null;
            } catch (SQLException failure) {
                return failure;
            }
        });
    }

    @Override
    public String identifier(String name) {
        try {
            return driver.escapeIdentifier(name);
        } catch (SQLException unusable) {
            throw new IllegalArgumentException("Not usable as a name in PostgreSQL: " + name, unusable);
        }
    }

    @Override
    public String literal(String text) {
        try {
            return "'" + driver.escapeLiteral(text) + "'";
        } catch (SQLException unusable) {
            throw new IllegalArgumentException("Not usable as text in PostgreSQL: it holds a zero byte", unusable);
        }
    }

    @Override
    public void limitStatements(Duration timeout) {
        jdbc.sql("select set_config('statement_timeout', :millis, false)")
                .param("millis", Long.toString(timeout.toMillis()))
                .query(String.class)
                .single();
        try {
            connection.setNetworkTimeout(Runnable::run, networkTimeout(timeout));
        } catch (SQLException broken) {
            throw new IllegalStateException("The connection to database " + database + " is broken", broken);
        }
    }

    @Override
    public void keepPlans() {
        jdbc.sql("select set_config('plan_cache_mode', 'force_generic_plan', false)")
                .query(String.class)
                .single();
        driver.setPrepareThreshold(1);
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        AtomicReference<@Nullable RuntimeException> reason = new AtomicReference<>();
        try {
            @Nullable T result = transactions.execute(status -> {
                try {
                    return work.get();
                } catch (RuntimeException e) {
                    reason.set(e);
                    throw e;
                }
            });
            return result;
        } catch (RuntimeException e) {
            // On a session that is cut the rollback fails too, and would hide what happened.
            RuntimeException first = reason.get();
            if (first == null) {
                throw e;
            }
            if (!first.equals(e)) {
                first.addSuppressed(e);
            }
            throw first;
        }
    }

    @Override
    public void abort() {
        cancelStatement();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException broken) {
            log.debug("Aborting a connection to database {} failed", database, broken);
        }
    }

    /**
     * A server does not look at the connection while it works, and would go on with a long statement for nobody. The
     * request to cancel takes a connection of its own, which must not keep us where the network is dead.
     */
    private void cancelStatement() {
        Thread request = Thread.ofVirtual().name("cancel-statement").start(() -> {
            try {
                driver.cancelQuery();
            } catch (SQLException | RuntimeException unreachable) {
                log.debug("Cancelling a statement on database {} failed", database, unreachable);
            }
        });
        try {
            request.join(CANCEL_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException | RuntimeException broken) {
            log.debug("Closing a connection to database {} failed", database, broken);
        }
    }

    @Override
    public String toString() {
        return "session " + backendPid() + " on database " + database + " (PostgreSQL " + version + ")";
    }

    private static int networkTimeout(Duration statementTimeout) {
        return Math.toIntExact(statementTimeout.plus(NETWORK_MARGIN).toMillis());
    }

    /** Something to try. */
    @FunctionalInterface
    interface Attempt {
        void on(DriverSession session) throws SQLException;
    }
}
