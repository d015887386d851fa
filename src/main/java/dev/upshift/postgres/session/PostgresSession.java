package dev.upshift.postgres.session;

import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Secret;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One connection to one database of a foreign server. Not for two threads at once, except {@link #abort}. Every
 * statement is its own transaction unless run within {@link #inTransaction}. Failing statements throw Spring's
 * {@code DataAccessException}.
 */
public interface PostgresSession extends AutoCloseable {

    /** For statements that only look. */
    JdbcClient jdbc();

    /**
     * For statements that change something at the server, be it by a function. A session that is made for a plan
     * ({@link PostgresRecording}) notes them instead of executing them, and answers no rows.
     */
    JdbcClient change();

    /** The clear text of a secret, to be bound to a statement of this session; dots where statements are only noted. */
    String reveal(Secret secret);

    PostgresVersion version();

    String database();

    /** {@code pg_backend_pid()}, so that another session can end this one. */
    int backendPid();

    /** Asks the server for an answer; throws if there is none. */
    void ping();

    /** Quotes an identifier for this server. */
    String identifier(String name);

    /** Quotes a literal for the few commands that take no parameters (DDL). */
    String literal(String text);

    /** Limits every following statement, at the server and a little later at the socket. */
    void limitStatements(Duration timeout);

    /**
     * From the second time on the server parses and plans no statement of this session again, whatever its parameters
     * are: for a session that says the same over and over, at last while somebody waits. Not for statements that ask for
     * all columns of a table of others, which fail once it was given another one.
     */
    void keepPlans();

    <T> T inTransaction(Supplier<T> work);

    /** Cuts the connection from another thread, whatever it is doing. */
    void abort();

    /** Closes; never throws. */
    @Override
    void close();
}
