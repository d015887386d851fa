package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.link.Links.Home;
import dev.upshift.postgres.link.Links.SubscribedTable;
import dev.upshift.postgres.link.Links.Subscriber;
import dev.upshift.postgres.link.Links.SubscriptionState;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is there of a subscription, and what can be set on it. */
@Component
public class Subscriptions {

    private static final String SUBSCRIPTION = SqlResource.read(Subscriptions.class, "subscription.sql");
    private static final String SUBSCRIBER = SqlResource.read(Subscriptions.class, "subscriber.sql");
    private static final String HOMES = SqlResource.read(Subscriptions.class, "homes.sql");
    private static final String SUBSCRIBED_TABLES = SqlResource.read(Subscriptions.class, "subscribed-tables.sql");

    /** The view came with 15; before, there is nothing to join. */
    private static final String STATISTICS = "pg_stat_subscription_stats";

    private static final String NO_STATISTICS = "(select null::oid as subid)";

    /** What can be told to pass over a transaction came with 15 as well. */
    private static final String SKIPS = "/* skip */ null";

    private static final String SKIP = "nullif(s.subskiplsn, '0/0')";

    /** The comment that every alteration of ours is given, in the same transaction. */
    private static final String MARK = "Last altered by Upshift";

    Optional<SubscriptionState> state(PostgresSession session, String subscription) {
        boolean since15 = session.version().isAtLeast(15);
        String sql = SUBSCRIPTION
                .replace("/* errors */", since15 ? STATISTICS : NO_STATISTICS)
                .replace(SKIPS, since15 ? SKIP : "null");
        return session.jdbc()
                .sql(sql)
                .param("name", subscription)
                .param("mark", MARK)
                .query((row, number) -> state(row))
                .optional();
    }

    /** The tables of a subscription and how far the copy of each is. */
    public List<SubscribedTable> tables(PostgresSession session, String subscription) {
        return session.jdbc()
                .sql(SUBSCRIBED_TABLES)
                .param("name", subscription)
                .query((row, number) -> new SubscribedTable(
                        new TableName(row.getString("schema"), row.getString("name")),
                        row.getString("letter").charAt(0)))
                .list();
    }

    Subscriber subscriber(PostgresSession session) {
        return session.jdbc()
                .sql(SUBSCRIBER)
                .query((row, number) ->
                        new Subscriber(row.getLong("system_identifier"), row.getLong("database"), Set.of((Long[])
                                row.getArray("subscriptions").getArray())))
                .single();
    }

    List<Home> homes(PostgresSession session, Collection<Long> databases, Collection<String> subscriptions) {
        return session.jdbc()
                .sql(HOMES)
                .param("databases", databases.toArray(Long[]::new))
                .param("subscriptions", subscriptions.toArray(String[]::new))
                .query((row, number) -> new Home(row.getLong("oid"), row.getString("name"), Set.of((String[])
                        row.getArray("subscriptions").getArray())))
                .list();
    }

    void enable(PostgresSession session, String subscription) {
        alterMarked(session, subscription, "enable");
    }

    void refresh(PostgresSession session, String subscription, boolean copyData) {
        alter(session, subscription, "refresh publication with (copy_data = " + copyData + ")");
    }

    /** An origin can be set back, and everything since would be applied twice; so only ever forward. */
    void advanceOrigin(PostgresSession session, String subscription, Lsn to) {
        SubscriptionState state = state(session, subscription)
                .orElseThrow(() -> new IllegalStateException(
                        "There is no subscription " + subscription + " in database " + session.database() + "."));
        if (state.enabled()) {
            throw new IllegalStateException("The subscription " + subscription
                    + " is enabled; its position can be moved only while it is disabled.");
        }
        moveOrigin(session, "pg_" + state.oid(), to);
        if (!hasReached(session, "pg_" + state.oid(), to)) {
            throw new IllegalStateException("The replication origin of " + subscription + " was moved to " + to
                    + " in database " + session.database() + ", and does not stand there.");
        }
    }

    private static boolean hasReached(PostgresSession session, String origin, Lsn to) {
        return session.jdbc()
                .sql("select coalesce(pg_replication_origin_progress(:origin, true), '0/0') >= :to::pg_lsn")
                .param("origin", origin)
                .param("to", to.toString())
                .query(Boolean.class)
                .single();
    }

    /** Moves the replication origin of that name to a position. */
    public static void moveOrigin(PostgresSession session, String origin, Lsn to) {
        session.change()
                .sql("""
                        select pg_replication_origin_advance(roname, :to::pg_lsn)
                        from pg_replication_origin
                        where roname = :origin
                          and coalesce(pg_replication_origin_progress(roname, true), '0/0') < :to::pg_lsn
                        """)
                .param("origin", origin)
                .param("to", to.toString())
                .query()
                .listOfRows();
    }

    static void alterMarked(PostgresSession session, String subscription, String change) {
        alter(session, subscription, change, session.literal(MARK));
    }

    /** Before it is dropped: the server leaves the comment where it is, for whoever gets the same oid. */
    static void alterUnmarked(PostgresSession session, String subscription, String change) {
        alter(session, subscription, change, "null");
    }

    /** Both statements are sent as one, and are one transaction. */
    private static void alter(PostgresSession session, String subscription, String change, String comment) {
        String name = session.identifier(subscription);
        session.change()
                .sql("alter subscription %s %s; comment on subscription %s is %s"
                        .formatted(name, change, name, comment))
                .update();
    }

    static void alter(PostgresSession session, String subscription, String change) {
        session.change()
                .sql("alter subscription " + session.identifier(subscription) + " " + change)
                .update();
    }

    private static SubscriptionState state(ResultSet row) throws SQLException {
        return new SubscriptionState(
                row.getString("name"),
                row.getLong("oid"),
                row.getBoolean("enabled"),
                row.getString("reads"),
                row.getString("writer"),
                row.getBoolean("ours"),
                row.getObject("worker_pid", Integer.class),
                position(row.getString("received_lsn")),
                position(row.getString("latest_end_lsn")),
                row.getLong("apply_errors"),
                row.getLong("sync_errors"));
    }

    private static @Nullable Lsn position(@Nullable String lsn) {
        return lsn == null ? null : Lsn.parse(lsn);
    }
}
