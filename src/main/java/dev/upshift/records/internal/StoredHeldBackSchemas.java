package dev.upshift.records.internal;

import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.records.HeldBackSchemas;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the archives in the metadata database. */
@Repository
class StoredHeldBackSchemas implements HeldBackSchemas {

    private final JdbcClient jdbc;

    StoredHeldBackSchemas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void keep(long project, String database, SchemaArchive archive) {
        jdbc.sql("""
                        insert into held_back_schema
                            (project_id, database, custom, immediate, held_back, held_back_count)
                        values (:project, :database, :custom, :immediate, :heldBack, :count)
                        on conflict (project_id, database) do update
                        set custom = excluded.custom, immediate = excluded.immediate,
                            held_back = excluded.held_back, held_back_count = excluded.held_back_count
                        """)
                .param("project", project)
                .param("database", database)
                .param("custom", archive.custom())
                .param("immediate", archive.immediate())
                .param("heldBack", archive.heldBack())
                .param("count", archive.heldBackCount())
                .update();
    }

    @Override
    public Optional<SchemaArchive> find(long project, String database) {
        return jdbc.sql("select * from held_back_schema where project_id = :project and database = :database")
                .param("project", project)
                .param("database", database)
                .query((row, index) -> new SchemaArchive(
                        row.getBytes("custom"),
                        row.getString("immediate"),
                        row.getString("held_back"),
                        row.getInt("held_back_count")))
                .optional();
    }

    @Override
    public List<String> databases(long project) {
        return jdbc.sql("select database from held_back_schema where project_id = :project order by database")
                .param("project", project)
                .query((row, index) -> row.getString("database"))
                .list();
    }

    @Override
    public void forget(long project, String database) {
        jdbc.sql("delete from held_back_schema where project_id = :project and database = :database")
                .param("project", project)
                .param("database", database)
                .update();
    }
}
