package dev.upshift.postgres.catalog;

import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed reads of a server's catalogue; one statement per call, no statement per object. */
public interface Catalog extends Port {

    @Looks
    ServerFacts server(PostgresSession session);

    /** Whether the cluster has this database. */
    @Looks
    boolean databaseExists(PostgresSession session, String database);

    /** Whether the server has a role of this name that may sign in. */
    @Looks
    boolean mayLogin(PostgresSession session, String role);

    /**
     * User tables of the session's database: ordinary tables, partitioned tables and partitions; without system
     * schemas, temporary tables, extension members and the helper schema {@code upshift}. Ordered by name; sizes as of
     * the last VACUUM or ANALYZE.
     */
    @Looks
    List<TableFacts> tables(PostgresSession session);

    /** The same with the sizes of now, for which the server opens every one of them: ten times as dear. */
    @Looks
    List<TableFacts> sizedTables(PostgresSession session);

    /**
     * How many tables, their TOAST, keys, sequences and views the users' schemas hold: as many locks are taken by whoever
     * makes them all in one transaction.
     */
    @Looks
    int relations(PostgresSession session);

    /**
     * What rows are found by, of every table that can be replicated: ordinary tables and leaf partitions that are not
     * unlogged; without those that {@link #tables} leaves out. Ordered by name.
     */
    @Looks
    List<TableIdentity> identities(PostgresSession session);

    /**
     * What the database has that no copy and no link carries, publications included, also our own. Rows of extensions'
     * tables are counted, up to ten thousand each.
     */
    @Looks
    NotCarried notCarried(PostgresSession session);

    /** Tables with row security that stands in our, or their owner's, way; of those of {@link #identities}. */
    @Looks
    List<RowSecurity> rowSecurity(PostgresSession session);

    /**
     * Triggers of replicated tables that fire for what a subscription copies or applies: {@code ENABLE ALWAYS} and {@code
     * ENABLE REPLICA}. Without those of the tables that {@link #tables} leaves out, of unlogged ones, and of keys; one that
     * partitions have from above is named once. Ordered by table.
     */
    @Looks
    List<ReplicaTrigger> replicaTriggers(PostgresSession session);

    /**
     * The longest-running open transactions of the database, oldest first: those that PAUSE waits for, so also one that
     * sits idle and holds nothing; without our session's own, replication and PostgreSQL's housekeeping.
     *
     * @throws IllegalStateException if our role may not see what some session does
     */
    @Looks
    List<TransactionFacts> openTransactions(PostgresSession session);

    /**
     * Transactions of the whole server that have written something, oldest first, prepared ones among them: whoever creates
     * a slot waits for each. Without our session's own, and with those that replication is in.
     */
    @Looks
    List<BlockingTransaction> writingTransactions(PostgresSession session);

    /** Whether the session's role sees what other users' sessions do: superuser or {@code pg_read_all_stats}. */
    @Looks
    boolean seesOtherSessions(PostgresSession session);

    /** Prepared transactions of the database. */
    @Looks
    int preparedTransactions(PostgresSession session);

    /**
     * Settings by name, for comparison and capacity, from {@code pg_settings}: numbers in the unit of that view, names
     * that the server does not know left out.
     */
    @Looks
    Map<String, String> settings(PostgresSession session, List<String> names);

    /**
     * @param systemIdentifier from {@code pg_control_system()}; tells two clusters apart
     * @param freeSlots {@code max_replication_slots} less the slots in use
     * @param freeSenders {@code max_wal_senders} less the senders in use
     */
    record ServerFacts(
            PostgresVersion version,
            long systemIdentifier,
            boolean inRecovery,
            String walLevel,
            String user,
            boolean superuser,
            boolean mayReplicate,
            int freeSlots,
            int freeSenders) {}

    /**
     * @param kind ordinary table, partitioned table at the top, or partition of one (partitioned itself or not)
     * @param estimatedRows {@code reltuples}, 0 when never analysed
     * @param bytes heap and TOAST without indexes; 0 for a partitioned table; an estimate while somebody holds the table
     *     exclusively
     * @param identity what UPDATE and DELETE are replicated by; of a partitioned table that of its weakest leaf, because
     *     rows are changed there
     */
    record TableFacts(
            TableName name, Kind kind, boolean unlogged, long estimatedRows, long bytes, ReplicaIdentity identity) {

        /** How a table takes part in partitioning. */
        public enum Kind {
            ORDINARY,
            PARTITIONED,
            PARTITION
        }

        /** Usable replica identity. {@code NONE} covers NOTHING, a missing primary key and an unusable index. */
        public enum ReplicaIdentity {
            PRIMARY_KEY,
            INDEX,
            FULL,
            NONE
        }
    }

    /** A transaction in the way. */
    record TransactionFacts(
            int pid,
            @Nullable String user,
            @Nullable String application,
            @Nullable String client,
            Duration age,
            boolean holdsTransactionId,
            @Nullable String query) {}

    /**
     * @param hides whether our role sees only the rows that a policy lets through
     * @param bindsOwner whether the owner may change only the rows that a policy lets through
     */
    record RowSecurity(TableName name, String owner, boolean hides, boolean bindsOwner) {}

    /**
     * @param name trigger and table, quoted as in a statement
     * @param always whether it fires for clients as well; else where changes are applied only
     * @param remedy the statement that leaves what it does for clients, and nothing else
     */
    record ReplicaTrigger(String name, boolean always, String remedy) {}
}
