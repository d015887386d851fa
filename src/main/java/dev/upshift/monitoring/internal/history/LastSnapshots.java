package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was seen last of every project, kept where all control planes see it. */
@Repository
class LastSnapshots {

    private static final Logger log = LoggerFactory.getLogger(LastSnapshots.class);
    private static final TypeReference<List<TableProgress>> TABLES = new TypeReference<>() {};

    /** Not the one of the web: what an older release has written, with other fields, is no error. */
    private final JsonMapper json = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    LastSnapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The health that was kept last; holds the row until the transaction ends, so that one change is told once. */
    Optional<Health> lockHealth(long project) {
        return jdbc.sql("select health from replication_snapshot where project = :project for update")
                .param("project", project)
                .query((row, number) -> Health.valueOf(row.getString("health")))
                .optional();
    }

    void put(long project, ReplicationSnapshot snapshot) {
        jdbc.sql("""
                insert into replication_snapshot (project, taken_at, health, snapshot)
                values (:project, :takenAt, :health, cast(:snapshot as jsonb))
                on conflict (project) do update
                   set taken_at = excluded.taken_at, health = excluded.health, snapshot = excluded.snapshot""")
                .param("project", project)
                .param("takenAt", utc(snapshot.takenAt()))
                .param("health", snapshot.health().name())
                .param("snapshot", json.writeValueAsString(snapshot))
                .update();
    }

    void putTables(long project, List<TableProgress> tables, Instant takenAt) {
        jdbc.sql("""
                update replication_snapshot
                   set tables_taken_at = :takenAt, tables = cast(:tables as jsonb)
                 where project = :project""")
                .param("project", project)
                .param("takenAt", utc(takenAt.truncatedTo(ChronoUnit.MICROS)))
                .param("tables", json.writeValueAsString(tables))
                .update();
    }

    /**
     * The tables that were put last are still as they were.
     *
     * @param before of when those are
     * @return whether those are the ones that are kept; nothing is noted otherwise
     */
    boolean confirmTables(long project, Instant before, Instant takenAt) {
        return jdbc.sql("""
                update replication_snapshot set tables_taken_at = :takenAt
                 where project = :project and tables is not null and tables_taken_at = :before""")
                        .param("project", project)
                        .param("before", utc(before))
                        .param("takenAt", utc(takenAt.truncatedTo(ChronoUnit.MICROS)))
                        .update()
                > 0;
    }

    /** If it is of later than that: thousands of tables need not be read where this node has seen them itself. */
    Optional<ProjectSample> find(long project, Instant than) {
        return jdbc.sql("""
                select taken_at, snapshot, coalesce(tables_taken_at, taken_at) as tables_taken_at,
                       coalesce(tables, '[]') as tables
                  from replication_snapshot
                 where project = :project and taken_at > :than""")
                .param("project", project)
                .param("than", utc(than))
                .query((row, number) -> Optional.ofNullable(seen(row)))
                .optional()
                .flatMap(seen -> seen);
    }

    void deleteAllBut(List<Long> projects) {
        jdbc.sql("delete from replication_snapshot where not project = any (:projects)")
                .param("projects", projects.toArray(Long[]::new))
                .update();
    }

    private @Nullable ProjectSample seen(ResultSet row) throws SQLException {
        try {
            return new ProjectSample(
                    json.readValue(row.getString("snapshot"), ReplicationSnapshot.class),
                    json.readValue(row.getString("tables"), TABLES),
                    instant(row, "tables_taken_at"));
        } catch (JacksonException otherRelease) {
            log.debug("A snapshot of another release cannot be read; the next sample replaces it", otherRelease);
            return null;
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
