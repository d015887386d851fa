package dev.upshift.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keeps clients from writing to a side. Raised and lifted per database; repeating either is no error. */
public interface Fence {

    /** What the database had before, to be kept by the caller before {@link #raise} is called. */
    FenceState read(PostgresSession session);

    /**
     * Makes new sessions read-only by default and, if {@code hard}, refuses those of ordinary roles by
     * {@code CONNECTION LIMIT 0}.
     */
    void raise(PostgresSession session, boolean hard);

    /**
     * Ends the sessions of clients in the database: all but our own ({@code application_name} upshift), replication
     * and background workers. Answers whom it ended.
     */
    List<ClientSession> endClientSessions(PostgresSession session);

    /** Client backends of the database that hold a transaction id, other than our own. */
    List<ClientSession> writers(PostgresSession session);

    /** Puts back what {@link #read} told before the fence was raised. */
    void lift(PostgresSession session, FenceState before);

    /**
     * @param readOnlyDefault the database's own {@code default_transaction_read_only}; null when not set
     * @param connectionLimit {@code datconnlimit}; -1 for none
     */
    record FenceState(@Nullable String readOnlyDefault, int connectionLimit) {

        /** Whether new sessions may write. */
        public boolean isOpen() {
            return !"on".equals(readOnlyDefault) && connectionLimit != 0;
        }
    }

    /** A session that is not ours. */
    record ClientSession(
            int pid,
            @Nullable String user,
            @Nullable String application,
            @Nullable String address) {}
}
