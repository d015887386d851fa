package dev.upshift.postgres.fence;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.Port.Releases;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What keeps clients from writing to a side. Raised and lifted per database; repeating either is no error. */
public interface Fence extends Port {

    /** What the database had before, to be kept by the caller before {@link #raise} is called. */
    @Looks
    FenceState read(PostgresSession session);

    /**
     * Makes new sessions read-only by default and, if {@code hard}, refuses those of ordinary roles by
     * {@code CONNECTION LIMIT 0}.
     *
     * @throws IllegalStateException if {@code hard} would lock out our own role, which is no superuser; nothing was
     *     changed then
     * @throws SettingsHeld if somebody keeps the settings of the database; he is waited for for a moment only
     */
    void raise(PostgresSession session, boolean hard);

    /**
     * Ends the sessions of clients in the database and waits until they are gone: all but our own (our role under our
     * {@code application_name} upshift), replication and background workers. Answers whom it ended. Who is connecting
     * at this moment is waited for, and ended as well: he may have read what the database was set to before. Those that
     * begin after this call are let be: a fence that was raised before holds them.
     *
     * @throws IllegalStateException if one would not end, or not have connected, within seconds, or our role may not see
     *     or end it; then the message says whom and what to do
     */
    List<ClientSession> endClientSessions(PostgresSession session);

    /**
     * As {@link #endClientSessions}, where clients wait for it: whom our role may not end or not see is let be, and
     * nobody is waited for any longer than {@code atMost}.
     */
    @Releases
    Ended endWithin(PostgresSession session, Duration atMost);

    /**
     * The clients of the database whose sessions our role may not end; none for a superuser.
     *
     * @throws IllegalStateException if our role may not see what some session is
     */
    @Looks
    UnendableSessions unendable(PostgresSession session);

    /**
     * Ends these sessions of the database, where they are still there, and waits until they are gone.
     *
     * @throws IllegalStateException if one would not end within seconds, or our role may not end it
     */
    void endSessions(PostgresSession session, Collection<ClientSession> sessions);

    /**
     * Who is in the database, in one look.
     *
     * @throws IllegalStateException if our role may not see what some session is
     */
    @Looks
    Behind behind(PostgresSession session);

    /** Who or what may write in the database although it is fenced softly. Our own role and our links' are left out. */
    @Looks
    List<Passage> passages(PostgresSession session, Collection<String> ourLinks);

    /** What the database lets clients do who come to it now. */
    @Looks
    Admission admission(PostgresSession session);

    /** How many more sessions of ordinary roles the session's server has room for. */
    @Looks
    int room(PostgresSession session);

    /**
     * Whether published tables were changed at or after a position; a moment to a second of the server's work.
     *
     * @param link slot and publication of this name; the slot must not be in use
     */
    @Looks
    boolean isWrittenSince(PostgresSession session, String link, Lsn position);

    /**
     * Ends the session of this process id, also one of our own, with whatever it is doing, and waits up to two seconds
     * until it is gone; one that is gone already is fine.
     *
     * @param session another one on the same server
     * @return whether it is gone
     */
    @Releases
    boolean endSession(PostgresSession session, int pid);

    /**
     * Ends the sessions of our role on the whole server whose mark begins so, but not those with exactly the mark that
     * is given to be kept; waits up to two seconds until they are gone.
     *
     * @return whether they are gone
     */
    @Releases
    boolean endMarked(PostgresSession session, String prefix, String kept);

    /**
     * Puts back what {@link #read} told before the fence was raised.
     *
     * @throws SettingsHeld if somebody keeps the settings of the database; he is waited for for a moment only
     */
    @Releases
    void lift(PostgresSession session, FenceState before);

    /**
     * Who would keep us now from raising or lifting a fence on the database; changes nothing. Where only a try can tell,
     * it waits for a moment for whoever holds it.
     *
     * @throws SettingsHeld if somebody does whom the server does not tell
     */
    @Looks
    List<SettingsHolder> holders(PostgresSession session);

    /** Whether a run of ours, perhaps of a former owner, may be about to raise or lift a fence; waits for nobody. */
    @Looks
    boolean isBeingChanged(PostgresSession session);

    /**
     * Ends these, as far as our role may and they are still in that transaction, and waits for half a second at most
     * until they are gone.
     *
     * @return whether none of them holds anything any more
     */
    @Releases
    boolean endHolders(PostgresSession session, Collection<SettingsHolder> holders);

    /**
     * @param readOnlyDefault the database's own {@code default_transaction_read_only}; null when not set
     * @param connectionLimit {@code datconnlimit}; -1 for none
     */
    record FenceState(@Nullable String readOnlyDefault, int connectionLimit) {

        /** The spellings of true that PostgreSQL takes and keeps (documentation, "Boolean Type"). */
        private static final Pattern TRUE = Pattern.compile("on|1|t|tr|tru|true|y|ye|yes", Pattern.CASE_INSENSITIVE);

        /** Whether new sessions may write. */
        public boolean isOpen() {
            return !isTrue(readOnlyDefault) && connectionLimit != 0;
        }

        /** Whether all that a fence of this kind sets is set. */
        public boolean stands(boolean hard) {
            return isTrue(readOnlyDefault) && (!hard || connectionLimit == 0);
        }

        /**
         * Lets those who come do the same, and is another state all the same. Where nothing was set, they may write,
         * whatever the server has for all databases.
         */
        public FenceState inOtherWords() {
            List<String> words = isTrue(readOnlyDefault) ? List.of("yes", "on") : List.of("no", "off");
            return new FenceState(
                    words.getFirst().equals(readOnlyDefault) ? words.getLast() : words.getFirst(), connectionLimit);
        }

        /** Whether a setting that is kept as this text is on. */
        static boolean isTrue(@Nullable String setting) {
            return setting != null && TRUE.matcher(setting.strip()).matches();
        }
    }

    /**
     * @param next no transaction that is over has this id or a later one: if it is the same later, nothing was written
     *     meanwhile on the whole server
     * @param clients sessions of clients
     * @param writers sessions that hold a transaction id, other than our own: clients, and background workers of
     *     extensions; not replication, nor PostgreSQL's own housekeeping
     * @param allowed clients whose role has a setting of its own by which they may write in spite of a soft fence
     */
    record Behind(long next, List<ClientSession> clients, List<ClientSession> writers, List<ClientSession> allowed) {}

    /** One that passes a soft fence. */
    record Passage(Kind kind, String name, boolean superuser, boolean inThisDatabase) {

        /** What writes, or may. */
        public enum Kind {
            /** A role that may connect and has {@code default_transaction_read_only} off for itself. */
            ROLE,
            /** An enabled subscription to somewhere else. */
            SUBSCRIPTION,
            /** A background worker of an extension. */
            WORKER
        }
    }

    /**
     * @param connectionLimit {@code datconnlimit}; -1 for none
     * @param databaseDefault the database's own {@code default_transaction_read_only}; null when not set
     * @param generalDefault what is set for all databases, by {@code ALTER ROLE ALL} or in the server's configuration;
     *     null when it is not set, or our role may not read it
     * @param readOnlyRoles roles that may sign in and have {@code default_transaction_read_only} on for themselves
     * @param locks what whoever writes would wait for, the first few
     * @param standbys what whoever commits would wait for; null when it is nothing
     */
    record Admission(
            boolean allowsConnections,
            int connectionLimit,
            @Nullable String databaseDefault,
            @Nullable String generalDefault,
            List<String> readOnlyRoles,
            List<TableLocks> locks,
            @Nullable MissingStandbys standbys) {

        public Admission {
            readOnlyRoles = List.copyOf(readOnlyRoles);
            locks = List.copyOf(locks);
        }

        /** Where nobody who writes would wait. */
        public Admission(
                boolean allowsConnections,
                int connectionLimit,
                @Nullable String databaseDefault,
                @Nullable String generalDefault,
                List<String> readOnlyRoles) {
            this(allowsConnections, connectionLimit, databaseDefault, generalDefault, readOnlyRoles, List.of(), null);
        }

        /** Whether a role without a setting of its own can only read, once the database has this of its own. */
        public boolean isReadOnlyWith(@Nullable String ownDefault) {
            return FenceState.isTrue(ownDefault == null ? generalDefault : ownDefault);
        }
    }

    /**
     * @param ended who is gone
     * @param left who is still there, because our role may not end him, or he did not go in time
     * @param connecting processes that were connecting, and still are
     * @param hidden whether there were sessions of which our role may not see what they are
     */
    record Ended(List<ClientSession> ended, List<ClientSession> left, List<Integer> connecting, boolean hidden) {

        /** Nobody was there. */
        public static final Ended NOBODY = new Ended(List.of(), List.of(), List.of(), false);

        public Ended {
            ended = List.copyOf(ended);
            left = List.copyOf(left);
            connecting = List.copyOf(connecting);
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
