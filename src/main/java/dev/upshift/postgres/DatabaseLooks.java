package dev.upshift.postgres;

import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one database for those who do so again and again: one statement each, set-based, without locks on tables of
 * users.
 */
public interface DatabaseLooks {

    /**
     * The database itself, the slot of the link that leads away from it, and the subscription of the link that leads to
     * it.
     *
     * @param outbound name of the link that leads away from this side
     * @param inbound name of the link that leads to it
     */
    SideReading side(PostgresSession session, String outbound, String inbound);

    /** How far each table of the subscription is, without the helper schema's. */
    List<TableCopy> copies(PostgresSession session, String inbound);

    /** Clients in the session's database, but for our own; without those of which our role may not see what they are. */
    Set<ConnectedClient> clients(PostgresSession session);

    /** Partitioned tables on any level; their partitions are what is replicated. */
    Set<TableName> partitioned(PostgresSession session);

    /** Process ids of all sessions in these databases of the session's server. */
    Set<Integer> processes(PostgresSession session, Collection<String> databases);

    /**
     * What a side tells about one database.
     *
     * @param written how far its log is written
     * @param fenced whether the database refuses ordinary writes
     * @param slot of the link that leads away from this side; null when there is none
     * @param subscription of the link that leads to this side; null when there is none
     */
    record SideReading(
            Lsn written,
            boolean fenced,
            @Nullable SlotReading slot,
            @Nullable SubscriptionFacts subscription) {}

    /**
     * @param confirmed what the subscriber has flushed; null for a slot that was never used
     * @param walStatus null when the server does not tell it
     * @param retainedBytes of WAL; null when the slot has lost its place
     * @param reportedLag as {@code pg_stat_replication} has it: null while idle, and for roles that may not see it
     * @param look what tells it from another one of its name
     */
    record SlotReading(
            boolean active,
            @Nullable Lsn confirmed,
            @Nullable WalStatus walStatus,
            @Nullable Long retainedBytes,
            @Nullable Duration reportedLag,
            SlotObservation look) {}

    /**
     * @param worker process of the leading apply worker; null when none is there
     * @param applyErrors since the statistics began; always 0 before PostgreSQL 15
     * @param syncErrors likewise, while copying tables
     * @param tables what tells whether {@link #copies} would answer something else than before
     */
    record SubscriptionFacts(
            boolean enabled, @Nullable Integer worker, long applyErrors, long syncErrors, Fingerprint tables) {}

    /**
     * What tells a subscription's tables from those seen before, without reading them.
     *
     * @param notReady how many are not ready yet
     */
    record Fingerprint(long notReady, @Nullable String hash) {}

    /**
     * @param letter {@code srsubstate}: i, d, f, s or r
     * @param workerRunning whether a worker of its own copies the table
     * @param copiedBytes as the copy in progress reports it; null when none is, and below 14
     * @param copiedRows likewise
     */
    record TableCopy(
            TableName name,
            String letter,
            boolean workerRunning,
            @Nullable Long copiedBytes,
            @Nullable Long copiedRows) {}

    /**
     * A session of a client, as {@code pg_stat_activity} has it.
     *
     * @param pid unique on its server at one moment; together with {@code started} at all times
     */
    record ConnectedClient(int pid, String started, String user, String application, String address) {}
}
