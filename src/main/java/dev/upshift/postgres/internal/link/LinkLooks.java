package dev.upshift.postgres.internal.link;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.link.LinkObjects.Kind;
import dev.upshift.postgres.link.LinkObjects.Published;
import dev.upshift.postgres.link.LinkObjects.PublishedObject;
import dev.upshift.postgres.link.LinkObjects.Subscribed;
import dev.upshift.postgres.link.LinkObjects.SubscribedObject;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.TableMark;
import dev.upshift.postgres.link.TableMark.Added;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at what the two ends of a link have; changes nothing. */
final class LinkLooks {

    private static final String PUBLISHED = SqlResource.read(LinkLooks.class, "published-objects.sql");
    private static final String PUBLISHED_DIGEST = SqlResource.read(LinkLooks.class, "published-digest.sql");
    private static final String PUBLICATION_DIGEST = SqlResource.read(LinkLooks.class, "publication-digest.sql");
    private static final String SUBSCRIBED = SqlResource.read(LinkLooks.class, "subscribed-objects.sql");
    private static final String SUBSCRIBED_DIGEST = SqlResource.read(LinkLooks.class, "subscribed-digest.sql");
    private static final String REWRITTEN = SqlResource.read(LinkLooks.class, "rewritten-tables.sql");
    private static final String MARKS = SqlResource.read(LinkLooks.class, "table-marks.sql");
    private static final String SLOT = SqlResource.read(LinkLooks.class, "slot-observation.sql");

    /** Publications know of row filters and column lists from 15 on. */
    private static final String MARK = "/* in part */ false";

    private static final String IN_PART = "(r.prqual is not null or r.prattrs is not null)";

    private static final String SENDS = """
            select p.pubinsert and p.pubupdate and p.pubdelete and p.pubtruncate as whole,
                   p.pubviaroot as via_root
            from pg_publication as p
            where p.pubname = :publication
            """;

    private static final String SUBSCRIPTION = """
            select s.oid::bigint as oid,
                   s.subenabled as enabled,
                   s.subslotname = s.subname and s.subpublications = array[s.subname::text] as follows
            from pg_subscription as s
            where s.subname = :subscription
              and s.subdbid = (select oid from pg_database where datname = current_database())
            """;

    String publishedDigest(PostgresSession session, String publication) {
        return session.jdbc()
                .sql(withParts(session, PUBLISHED_DIGEST))
                .param("publication", publication)
                .query(String.class)
                .single();
    }

    String publicationDigest(PostgresSession session, String publication) {
        return session.jdbc()
                .sql(PUBLICATION_DIGEST)
                .param("publication", publication)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** A transaction id as rows carry it, which is the lower half of what the server counts. */
    String snapshot(PostgresSession session) {
        return session.jdbc()
                .sql("select pg_current_snapshot()::text")
                .query(String.class)
                .single();
    }

    List<TableName> rewrittenTables(PostgresSession session, String since) {
        return session.jdbc()
                .sql(REWRITTEN)
                .param("since", since)
                .query((row, number) -> name(row))
                .list();
    }

    List<TableMark> marks(PostgresSession session) {
        return session.jdbc()
                .sql(MARKS)
                .query((row, number) -> new TableMark(
                        name(row),
                        row.getLong("oid"),
                        row.getBoolean("unlogged"),
                        row.getLong("file"),
                        row.getLong("toast"),
                        row.getString("named"),
                        row.getString("columns"),
                        row.getString("triggers"),
                        row.getString("copied"),
                        new Added(
                                row.getString("without"),
                                List.of((String[]) row.getArray("added").getArray()),
                                row.getBoolean("empty"))))
                .list();
    }

    Published published(PostgresSession session, String publication) {
        Published none = new Published(false, false, List.of());
        Published present = session.jdbc()
                .sql(SENDS)
                .param("publication", publication)
                .query((row, number) ->
                        new Published(row.getBoolean("whole"), row.getBoolean("via_root"), none.objects()))
                .optional()
                .orElse(none);
        return new Published(
                present.whole(),
                present.viaRoot(),
                session.jdbc()
                        .sql(withParts(session, PUBLISHED))
                        .param("publication", publication)
                        .query((row, number) -> new PublishedObject(
                                name(row),
                                row.getLong("oid"),
                                kind(row),
                                row.getBoolean("unlogged"),
                                row.getString("way"),
                                row.getBoolean("in_part")))
                        .list());
    }

    String subscribedDigest(PostgresSession session, String subscription) {
        return session.jdbc()
                .sql(SUBSCRIBED_DIGEST)
                .param("subscription", subscription)
                .query(String.class)
                .single();
    }

    Subscribed subscribed(PostgresSession session, String subscription) {
        Subscribed none = new Subscribed(0, false, false, List.of());
        Subscribed present = session.jdbc()
                .sql(SUBSCRIPTION)
                .param("subscription", subscription)
                .query((row, number) -> new Subscribed(
                        row.getLong("oid"), row.getBoolean("enabled"), row.getBoolean("follows"), none.objects()))
                .optional()
                .orElse(none);
        return new Subscribed(
                present.oid(),
                present.enabled(),
                present.follows(),
                session.jdbc()
                        .sql(SUBSCRIBED)
                        .param("subscription", subscription)
                        .query((row, number) -> new SubscribedObject(
                                name(row),
                                row.getLong("oid"),
                                kind(row),
                                row.getBoolean("unlogged"),
                                row.getString("letter"),
                                row.getString("copied")))
                        .list());
    }

    Optional<SlotObservation> slot(PostgresSession session, String slot) {
        return session.jdbc()
                .sql(SLOT)
                .param("slot", slot)
                .query((row, number) -> slot(row))
                .optional();
    }

    private static SlotObservation slot(ResultSet row) throws SQLException {
        Long changed = row.getObject("slots_changed", Long.class);
        return new SlotObservation(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("database"),
                row.getString("plugin"),
                Lsn.parse(row.getString("flushed")),
                position(row.getString("restart")),
                position(row.getString("confirmed")),
                row.getObject("sender", Integer.class),
                instant(row.getObject("sender_since", OffsetDateTime.class)),
                changed == null ? null : Instant.ofEpochSecond(changed),
                row.getString("publication"));
    }

    private static @Nullable Lsn position(@Nullable String lsn) {
        return lsn == null ? null : Lsn.parse(lsn);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static String withParts(PostgresSession session, String sql) {
        return session.version().isAtLeast(15) ? sql.replace(MARK, IN_PART) : sql;
    }

    private static TableName name(ResultSet row) throws SQLException {
        return new TableName(row.getString("schema"), row.getString("name"));
    }

    private static Kind kind(ResultSet row) throws SQLException {
        return switch (row.getString("kind")) {
            case "S" -> Kind.SEQUENCE;
            case "p" -> Kind.PARTITIONED;
            default -> Kind.TABLE;
        };
    }
}
