package dev.upshift.pooler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a PgBouncer console. Simple protocol; never used by two threads at once, except {@link #abort}.
 * Every command but PAUSE has the deadline that the console was opened with. Commands throw {@link PoolerUnreachable} when the connection is lost and {@link CommandRefused} when PgBouncer
 * answers with an error.
 */
public interface PoolerConsole extends AutoCloseable {

    /** The pooler's name, for messages. */
    String pooler();

    /** As {@code SHOW VERSION} tells it, e.g. {@code 1.18.0}. */
    String version();

    List<DatabaseEntry> databases();

    List<Pool> pools();

    /** {@code SHOW SERVERS}: the connections that the pooler holds to servers, of all entries. */
    List<ServerConnection> servers();

    /** {@code SHOW CONFIG}, key to value. */
    Map<String, String> config();

    /** {@code SHOW STATE}, key to value, such as {@code suspended} to {@code yes}; empty where the version has none. */
    Map<String, String> state();

    /**
     * One text for each console that is open at this process, this one among them; no two processes ever have one in
     * common at the same time.
     */
    Set<String> consoles();

    /** What it says about other processes that take the same clients. */
    PoolerProcess process();

    /**
     * Sends PAUSE and blocks until the last transaction of the entry has ended. May block for ever: call it on a thread
     * of its own and look at {@link #databases()} and {@link #pools()} from another console.
     */
    void pause(String entry);

    /**
     * Resumes the entry; one that is not paused is fine.
     *
     * @return whether it had been paused until then, which proves that a PAUSE sent before has arrived
     */
    boolean resume(String entry);

    void reload();

    /** Sets a setting of the running process, until the next RELOAD. */
    void set(String setting, String value);

    /** Cuts the connection from another thread. A database that it paused stays paused. */
    void abort();

    /** Never throws. */
    @Override
    void close();

    /**
     * One row of {@code SHOW DATABASES}; the console's own database is left out.
     *
     * @param minPoolSize how many server connections PgBouncer keeps open per pool, 0 for none
     */
    record DatabaseEntry(
            String name,
            @Nullable String host,
            int port,
            String database,
            @Nullable String forcedUser,
            @Nullable String poolMode,
            boolean paused,
            boolean disabled,
            int currentConnections,
            int minPoolSize) {}

    /**
     * One row of {@code SHOW POOLS}.
     *
     * @param serversActive server connections that serve a client now
     * @param serversReady server connections that could serve one: idle, used or being tested
     * @param serversLoggingIn server connections that are being opened; PgBouncer opens one at a time per pool
     * @param maxWait how long the first waiting client has waited
     */
    record Pool(
            String database,
            String user,
            int clientsActive,
            int clientsWaiting,
            int serversActive,
            int serversReady,
            int serversLoggingIn,
            Duration maxWait,
            String poolMode) {}

    /**
     * One row of {@code SHOW SERVERS}.
     *
     * @param port the server's
     * @param processId of the backend ({@code remote_pid}); 0 while it logs in
     */
    record ServerConnection(String entry, int port, int processId) {}

    /** PgBouncer answered a command with an error. */
    final class CommandRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public CommandRefused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
