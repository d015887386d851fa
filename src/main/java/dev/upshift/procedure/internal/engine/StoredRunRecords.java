package dev.upshift.procedure.internal.engine;

import dev.upshift.procedure.ProcedureName;
import dev.upshift.procedure.Run;
import dev.upshift.procedure.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The runs, each a row. */
@Repository
class StoredRunRecords implements RunRecords {

    private final JdbcClient jdbc;
    private final Facts facts;

    StoredRunRecords(JdbcClient jdbc, Facts facts) {
        this.jdbc = jdbc;
        this.facts = facts;
    }

    @Override
    public Run insert(
            long projectId, String slug, ProcedureName procedure, String planVersion, String actor, Instant now) {
        return jdbc.sql("""
                        insert into run (project_id, slug, number, procedure, status, plan_version, started_by, started_at)
                        select :project, :slug, coalesce(max(number), 0) + 1, :procedure, 'RUNNING', :version, :actor, :now
                        from run where project_id = :project
                        returning *
                        """)
                .param("project", projectId)
                .param("slug", slug)
                .param("procedure", procedure.name())
                .param("version", planVersion)
                .param("actor", actor)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(this::run)
                .single();
    }

    @Override
    public Optional<Run> find(long projectId, int number) {
        return jdbc.sql("select * from run where project_id = :project and number = :number")
                .param("project", projectId)
                .param("number", number)
                .query(this::run)
                .optional();
    }

    @Override
    public List<Run> of(long projectId) {
        return jdbc.sql("select * from run where project_id = :project order by number desc")
                .param("project", projectId)
                .query(this::run)
                .list();
    }

    @Override
    public List<Interrupted> interrupted() {
        return jdbc.sql("select * from run where status in ('RUNNING', 'ABORTING') order by id")
                .query((row, index) -> new Interrupted(row.getLong("project_id"), run(row, index)))
                .list();
    }

    @Override
    public int takeOver(long run) {
        return jdbc.sql("update run set epoch = epoch + 1 where id = :run returning epoch")
                .param("run", run)
                .query(Integer.class)
                .single();
    }

    @Override
    public boolean move(
            Run run, int epoch, RunStatus from, RunStatus to, @Nullable String outcome, @Nullable Instant endedAt) {
        if (!from.leadsTo(to)) {
            throw new IllegalStateException("A run that is " + from + " cannot become " + to);
        }
        int moved = jdbc.sql("""
                        update run set status = :to, outcome = :outcome, ended_at = :ended
                        where id = :run and epoch = :epoch and status = :from
                        """)
                .param("to", to.name())
                .param("outcome", outcome)
                .param("ended", endedAt == null ? null : endedAt.atOffset(ZoneOffset.UTC))
                .param("run", run.id())
                .param("epoch", epoch)
                .param("from", from.name())
                .update();
        if (moved == 0 && !stands(run.id(), epoch, to)) {
            throw new Journal.StaleOwner(run.id(), epoch);
        }
        return moved > 0;
    }

    private boolean stands(long run, int epoch, RunStatus status) {
        return jdbc.sql("select exists (select from run where id = :run and epoch = :epoch and status = :status)")
                .param("run", run)
                .param("epoch", epoch)
                .param("status", status.name())
                .query(Boolean.class)
                .single();
    }

    @Override
    public void keep(long run, Map<String, String> evidence, @Nullable Long pauseMillis) {
        jdbc.sql("update run set evidence = evidence || cast(:evidence as jsonb), "
                        + "pause_millis = coalesce(:pause, pause_millis) where id = :run")
                .param("evidence", facts.write(evidence))
                .param("pause", pauseMillis)
                .param("run", run)
                .update();
    }

    private Run run(ResultSet row, int index) throws SQLException {
        return new Run(
                row.getLong("id"),
                row.getString("slug"),
                row.getInt("number"),
                ProcedureName.valueOf(row.getString("procedure")),
                RunStatus.valueOf(row.getString("status")),
                row.getString("plan_version"),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                row.getInt("epoch"),
                row.getString("outcome"),
                (Long) row.getObject("pause_millis"),
                facts.read(row.getString("evidence")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
