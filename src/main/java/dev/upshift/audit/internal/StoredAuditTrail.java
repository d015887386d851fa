package dev.upshift.audit.internal;

import dev.upshift.audit.AuditEntry;
import dev.upshift.audit.AuditEntry.Action;
import dev.upshift.audit.AuditTrail;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the record in a table that refuses everything but inserts. */
@Repository
class StoredAuditTrail implements AuditTrail {

    private final JdbcClient database;
    private final Clock clock;

    StoredAuditTrail(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<AuditEntry> ofProject(String slug, int atMost) {
        return database.sql("""
                        select id, recorded_at, actor, action, project_slug, sentence
                        from audit_entry where project_slug = :slug order by id desc limit :limit""")
                .param("slug", slug)
                .param("limit", atMost)
                .query((row, _) -> new AuditEntry(
                        row.getLong("id"),
                        row.getTimestamp("recorded_at").toInstant(),
                        row.getString("actor"),
                        Action.valueOf(row.getString("action")),
                        row.getString("project_slug"),
                        row.getString("sentence")))
                .list();
    }

    void add(String actor, Action action, @Nullable String projectSlug, String sentence) {
        database.sql("""
                        insert into audit_entry (recorded_at, actor, action, project_slug, sentence)
                        values (:at, :actor, :action, :slug, :sentence)""")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .param("action", action.name())
                .param("slug", projectSlug)
                .param("sentence", sentence)
                .update();
    }
}
