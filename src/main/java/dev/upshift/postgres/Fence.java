package dev.upshift.postgres;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keeps clients from writing to a side. Raised and lifted per database; repeating either is no error. */
public interface Fence {

    /** What the database had before, to be kept by the caller before {@link #raise} is called. */
    FenceState read(PostgresSession session);

    /**
     * Makes new sessions read-only by default and, if {@code hard}, refuses those of ordinary roles by
     * {@code CONNECTION LIMIT 0}.
     *
     * @throws IllegalStateException if {@code hard} would lock out our own role, which is no superuser; nothing was
     *     changed then
     */
    void raise(PostgresSession session, boolean hard);

    /**
     * Ends the sessions of clients in the database and waits until they are gone: all but our own (our role under our
     * {@code application_name} upshift), replication and background workers. Answers whom it ended. Those that begin
     * after this call are let be: a fence that was raised before holds them.
     *
     * @throws IllegalStateException if one would not end within seconds, or our role may not see or end it
     */
    List<ClientSession> endClientSessions(PostgresSession session);

    /**
     * The sessions of clients in the database, as {@link #endClientSessions} would end them.
     *
     * @throws IllegalStateException if our role may not see what some session is
     */
    List<ClientSession> clientSessions(PostgresSession session);

    /**
     * Ends the session of this process id, also one of our own, with whatever it is doing, and waits up to two seconds
     * until it is gone; one that is gone already is fine.
     *
     * @param session another one on the same server
     * @return whether it is gone
     */
    boolean endSession(PostgresSession session, int pid);

    /**
     * Ends the sessions of our role on the whole server whose mark begins so, but not those with exactly the mark that
     * is given to be kept; waits up to two seconds until they are gone.
     *
     * @return whether they are gone
     */
    boolean endMarked(PostgresSession session, String prefix, String kept);

    /**
     * Sessions of the database that hold a transaction id, other than our own: clients, and background workers of
     * extensions; not replication, nor PostgreSQL's own housekeeping.
     *
     * @throws IllegalStateException if our role may not see what some session does
     */
    List<ClientSession> writers(PostgresSession session);

    /** Puts back what {@link #read} told before the fence was raised. */
    void lift(PostgresSession session, FenceState before);

    /**
     * @param readOnlyDefault the database's own {@code default_transaction_read_only}; null when not set
     * @param connectionLimit {@code datconnlimit}; -1 for none
     */
    record FenceState(@Nullable String readOnlyDefault, int connectionLimit) {

        /** The spellings of true that PostgreSQL takes and keeps (documentation, "Boolean Type"). */
        private static final Pattern TRUE = Pattern.compile("on|1|t|tr|tru|true|y|ye|yes", Pattern.CASE_INSENSITIVE);

        /** Whether new sessions may write. */
        public boolean isOpen() {
            boolean readOnly = readOnlyDefault != null
                    && TRUE.matcher(readOnlyDefault.strip()).matches();
            return !readOnly && connectionLimit != 0;
        }
    }

    /** A session that is not ours. */
    record ClientSession(
            int pid,
            @Nullable String user,
            @Nullable String application,
            @Nullable String address) {

        /** “app (psql) from 10.0.0.5”. */
        public String words() {
            return (user == null ? "somebody" : user)
                    + (application == null || application.isBlank() ? "" : " (" + application + ")")
                    + (address == null ? "" : " from " + address);
        }
    }
}
