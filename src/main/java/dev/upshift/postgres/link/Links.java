package dev.upshift.postgres.link;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Publications, slots, subscriptions and origins: the parts of a link, each created, observed and dropped on its own.
 * Creating what exists and dropping what does not is no error, so that a step can be repeated.
 */
public interface Links extends Port {

    // --- publishing side

    /** Creates the publication or makes its table list equal to {@code tables}. */
    void publish(PostgresSession session, String publication, List<TableName> tables);

    /** The explicit table list of a publication; empty when there is no such publication. */
    @Looks
    List<TableName> publishedTables(PostgresSession session, String publication);

    /** The tables whose changes a publication really sends: partitions in the place of their roots. */
    @Looks
    List<TableName> sentTables(PostgresSession session, String publication);

    /** What the database has, and what of it the publication sends. */
    @Looks
    LinkObjects.Published published(PostgresSession session, String publication);

    /**
     * Another text as soon as {@link #published} is another one, or a relation has another file; costs little, however many
     * objects there are. What comes after the last slash is about files only.
     */
    @Looks
    String publishedDigest(PostgresSession session, String publication);

    /**
     * Another text as soon as the publication was altered, or tables or partitions came to it or left it, even if all is as
     * before again. What comes before the first slash is another one only when the publication itself was altered. Empty
     * when there is no such publication.
     */
    @Looks
    String publicationDigest(PostgresSession session, String publication);

    /** Which transactions are over on the session's server, for {@link #rewrittenTables}. */
    @Looks
    String snapshot(PostgresSession session);

    /** Tables, but not new ones, whose columns were changed since that snapshot, with rows or without. */
    @Looks
    List<TableName> rewrittenTables(PostgresSession session, String since);

    /** The tables, with what shows that one was written anew past replication. */
    @Looks
    List<TableMark> marks(PostgresSession session);

    @Looks
    boolean hasPublication(PostgresSession session, String publication);

    void dropPublication(PostgresSession session, String publication);

    /** Creates a logical slot for {@code pgoutput} in the session's database; waits for running transactions. */
    void createSlot(PostgresSession session, String slot);

    /** The slot with what tells it from another one of its name; empty when there is none. */
    @Looks
    Optional<SlotObservation> observe(PostgresSession session, String slot);

    /** Moves an inactive slot forward; answers where it then stands. */
    Lsn advanceSlot(PostgresSession session, String slot, Lsn to);

    @Looks
    Optional<SlotState> slot(PostgresSession session, String slot);

    /** All slots of the cluster whose name begins so. */
    @Looks
    List<SlotState> slotsBeginning(PostgresSession session, String prefix);

    /** Ends the sender that holds the slot, if any, and drops it. Answers whether there was one. */
    boolean dropSlot(PostgresSession session, String slot);

    /** {@code pg_current_wal_insert_lsn()}. */
    @Looks
    Lsn insertPosition(PostgresSession session);

    /** {@code pg_current_wal_lsn()}. */
    @Looks
    Lsn writePosition(PostgresSession session);

    /**
     * Takes the cluster's log to its disk, as far as it was written when this was called: one commit, without rows, that
     * waits for the local disk only, whatever the server's, database's or role's {@code synchronous_commit} is.
     *
     * @return {@code pg_current_wal_flush_lsn()} afterwards
     */
    Lsn flush(PostgresSession session);

    // --- subscribing side

    void subscribe(PostgresSession session, SubscriptionDefinition definition);

    @Looks
    Optional<SubscriptionState> subscription(PostgresSession session, String subscription);

    /** One row per table of the subscription, from {@code pg_subscription_rel}. */
    @Looks
    List<SubscribedTable> subscribedTables(PostgresSession session, String subscription);

    /** What the database has, and what the subscription knows of it. */
    @Looks
    LinkObjects.Subscribed subscribed(PostgresSession session, String subscription);

    /** As {@link #publishedDigest}, for {@link #subscribed}. */
    @Looks
    String subscribedDigest(PostgresSession session, String subscription);

    /** Enables, and leaves a mark by which what we altered ourselves is told from what somebody else did. */
    void enable(PostgresSession session, String subscription);

    /** Disables, with such a mark, and ends the workers at once instead of waiting for them to notice. */
    void disable(PostgresSession session, String subscription);

    /** Adds the publication's new tables without copying what is there ({@code copy_data} as given). */
    void refresh(PostgresSession session, String subscription, boolean copyData);

    /** What names the slots that the session's cluster makes at publishers to copy tables over. */
    @Looks
    Subscriber subscriber(PostgresSession session);

    /**
     * The databases of the session's server that have one of these oids, or one of these subscriptions in them, whatever
     * they are called now.
     */
    @Looks
    List<Home> homes(PostgresSession session, Collection<Long> databases, Collection<String> subscriptions);

    /** Moves the origin of a disabled subscription, so that apply starts after {@code to}. */
    void advanceOrigin(PostgresSession session, String subscription, Lsn to);

    /** Drops the subscription and leaves the slot at the publisher alone ({@code slot_name = NONE} first). */
    void dropSubscription(PostgresSession session, String subscription);

    /**
     * Proves that the session's server can connect to the publisher: a throw-away subscription that creates nothing
     * there, dropped again before this returns. What was proven in the last ten minutes is not tried again, because the
     * command holds a password.
     *
     * @throws LinkRefused with the server's reason
     */
    @Looks
    void probe(PostgresSession session, Endpoint publisher, String database, String publication);

    /** The next {@link #probe} tries it whatever was proven before. */
    @Looks
    default void forgetProbes() {}

    /**
     * @param copyData whether the initial copy is wanted
     * @param createSlot whether the slot is created by this command or exists already
     */
    record SubscriptionDefinition(
            String name,
            Endpoint publisher,
            String database,
            String publication,
            String slot,
            boolean copyData,
            boolean createSlot,
            boolean enabled,
            boolean binary) {}

    /**
     * @param confirmedFlush what the subscriber has flushed; null for a physical slot
     * @param retained bytes of WAL that the slot holds back
     * @param walStatus null when the server does not tell it
     */
    record SlotState(
            String name,
            String database,
            boolean active,
            @Nullable Integer activePid,
            @Nullable Lsn confirmedFlush,
            ByteCount behind,
            ByteCount retained,
            @Nullable WalStatus walStatus) {

        /** Whether the log that it needs is gone: {@code max_slot_wal_keep_size} was exceeded. */
        public boolean isLost() {
            return walStatus == WalStatus.LOST;
        }
    }

    /**
     * @param reads what it reads, as text: which slot, which publications, and which transaction it is to pass over
     * @param writer who wrote its row last: another one after each ALTER SUBSCRIPTION but REFRESH PUBLICATION, even if
     *     that was taken back; empty where our role may not read that
     * @param ours whether that was {@link #enable} or {@link #disable}
     * @param workerPid the leading apply worker, null while none runs
     * @param applyErrors from {@code pg_stat_subscription_stats}, 0 before 15
     */
    record SubscriptionState(
            String name,
            long oid,
            boolean enabled,
            String reads,
            String writer,
            boolean ours,
            @Nullable Integer workerPid,
            @Nullable Lsn receivedLsn,
            @Nullable Lsn latestEndLsn,
            long applyErrors,
            long syncErrors) {}

    /**
     * A cluster that subscribes. From 14 on it copies a table over a slot of its own at the publisher,
     * {@code pg_<subscription>_sync_<table>_<system identifier>}, and drops it itself unless it cannot reach the publisher
     * by then; below 14 these slots end with the session that made them.
     *
     * @param systemIdentifier from {@code pg_control_system()}
     * @param database the oid of the session's database
     * @param subscriptions the oids of the subscriptions of all its databases
     */
    record Subscriber(long systemIdentifier, long database, Set<Long> subscriptions) {

        private static final Pattern COPIES = Pattern.compile("pg_(\\d{1,10})_sync_\\d{1,10}_(\\d+)");

        /** Whether this cluster made the slot for a copy whose subscription is gone: nobody will ever use or drop it. */
        public boolean hasForsaken(String slot) {
            Matcher name = COPIES.matcher(slot);
            return name.matches()
                    && name.group(2).equals(Long.toUnsignedString(systemIdentifier))
                    && !subscriptions.contains(Long.valueOf(name.group(1)));
        }
    }

    /**
     * A database by its present name.
     *
     * @param subscriptions those of it that were asked for
     */
    record Home(long oid, String name, Set<String> subscriptions) {}

    /**
     * @param letter PostgreSQL's {@code srsubstate}: i, d, f, s or r
     */
    record SubscribedTable(TableName name, char letter) {

        /** Copied and following the main apply worker. */
        public boolean isReady() {
            return letter == 'r';
        }
    }

    /** A server could not connect to the other one for replication. */
    final class LinkRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;
        private final String remedy;

        /**
         * @param reason what the servers said, in sentences
         * @param remedy what to do, a sentence
         */
        public LinkRefused(String reason, String remedy, Throwable cause) {
            super(reason + " " + remedy, cause);
            this.reason = reason;
            this.remedy = remedy;
        }

        public String reason() {
            return reason;
        }

        public String remedy() {
            return remedy;
        }
    }
}
