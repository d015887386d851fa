package dev.upshift.records.internal;

import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.records.RaisedFences;
import dev.upshift.shared.Side;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what fenced databases had before in the metadata database. */
@Repository
class StoredRaisedFences implements RaisedFences {

    private final JdbcClient jdbc;
    private final Clock clock;

    StoredRaisedFences(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void keep(long project, Side side, String database, FenceState before) {
        jdbc.sql("""
                        insert into raised_fence
                            (project_id, side, database, read_only_default, connection_limit, raised_at)
                        values (:project, :side, :database, :readOnly, :limit, :now)
                        on conflict do nothing
                        """)
                .param("project", project)
                .param("side", side.name())
                .param("database", database)
                .param("readOnly", before.readOnlyDefault())
                .param("limit", before.connectionLimit())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public Optional<FenceState> before(long project, Side side, String database) {
        return jdbc.sql("""
                        select read_only_default, connection_limit from raised_fence
                        where project_id = :project and side = :side and database = :database
                        """)
                .param("project", project)
                .param("side", side.name())
                .param("database", database)
                .query((row, index) ->
                        new FenceState(row.getString("read_only_default"), row.getInt("connection_limit")))
                .optional();
    }

    @Override
    public void forget(long project, Side side, String database) {
        jdbc.sql("delete from raised_fence where project_id = :project and side = :side and database = :database")
                .param("project", project)
                .param("side", side.name())
                .param("database", database)
                .update();
    }
}
