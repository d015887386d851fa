package dev.upshift.engine.internal.record;

import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunRefused;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.internal.lease.LeaseTerms;
import dev.upshift.engine.internal.lease.Owner;
import dev.upshift.engine.internal.lease.StaleOwner;
import dev.upshift.engine.internal.record.RunRecords.Claim;
import dev.upshift.engine.internal.record.RunRecords.Interrupted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The runs, each a row. */
@Repository
class StoredRunRecords implements RunRecords {

    /**
     * The lock on the lease's row makes this wait for a renewal that is under way, and see it: either the owner goes on
     * or it is replaced, never both.
     */
    private static final String TAKE_OVER = """
            with lease as materialized (
                select clock_timestamp() - renewed_at as silence from run_lease where run_id = :run for update),
            owned as (
                update run set epoch = epoch + 1
                where id = :run and epoch = :seen
                  and not exists (select from lease where silence < :lease::interval)
                returning id, epoch, abort_requested_by),
            leased as (
                insert into run_lease (run_id, epoch, owner, renewed_at)
                select id, epoch, :owner, clock_timestamp() from owned
                on conflict (run_id) do update
                    set epoch = excluded.epoch, owner = excluded.owner, renewed_at = excluded.renewed_at
                returning epoch)
            select leased.epoch, owned.abort_requested_by,
                   (select (extract(epoch from silence) * 1000)::bigint from lease) as silence
            from leased, owned
            """;

    private final JdbcClient jdbc;
    private final Facts facts;
    private final LeaseTerms terms;
    private final Owner owner;

    StoredRunRecords(JdbcClient jdbc, Facts facts, LeaseTerms terms, Owner owner) {
        this.jdbc = jdbc;
        this.facts = facts;
        this.terms = terms;
        this.owner = owner;
    }

    @Override
    public Run insert(
            long projectId, String slug, ProcedureName procedure, String planVersion, String actor, Instant now) {
        return jdbc.sql("""
                        insert into run (project_id, slug, number, procedure, status, plan_version, started_by, started_at)
                        select :project, :slug, coalesce(max(number), 0) + 1, :procedure, 'RUNNING', :version, :actor, :now
                        from run where project_id = :project
                        having not exists (select from stop_order)
                        returning *
                        """)
                .param("project", projectId)
                .param("slug", slug)
                .param("procedure", procedure.name())
                .param("version", planVersion)
                .param("actor", actor)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(this::run)
                .optional()
                .orElseThrow(
                        () -> new RunRefused(List.of("All runs are stopped; an operator has to allow them first.")));
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
        return jdbc.sql("""
                        select run.*, run_lease.renewed_at from run left join run_lease on run_lease.run_id = run.id
                        where run.status in ('RUNNING', 'ABORTING')
                          and coalesce(run_lease.renewed_at < clock_timestamp() - :lease::interval, true)
                        order by run.id
                        """)
                .param("lease", terms.lease().toString())
                .query((row, index) ->
                        new Interrupted(row.getLong("project_id"), run(row, index), instant(row, "renewed_at")))
                .list();
    }

    @Override
    public Claim takeOver(Run run) {
        return jdbc.sql(TAKE_OVER)
                .param("run", run.id())
                .param("seen", run.epoch())
                .param("lease", terms.lease().toString())
                .param("owner", owner.name())
                .query((row, index) -> claim(row))
                .optional()
                .orElseThrow(() -> new StaleOwner(run.id(), run.epoch()));
    }

    private static Claim claim(ResultSet row) throws SQLException {
        long millis = row.getLong("silence");
        Duration silence = row.wasNull() ? null : Duration.ofMillis(millis);
        return new Claim(row.getInt("epoch"), silence, row.getString("abort_requested_by"));
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
            throw new StaleOwner(run.id(), epoch);
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
    public void keep(long run, RunFacts evidence, @Nullable Long pauseMillis) {
        jdbc.sql("update run set evidence = evidence || cast(:evidence as jsonb), "
                        + "pause_millis = coalesce(:pause, pause_millis) where id = :run")
                .param("evidence", facts.write(evidence.values()))
                .param("pause", pauseMillis)
                .param("run", run)
                .update();
    }

    /** The pivot's commit changes the same row, so that the later of the two sees the other. */
    @Override
    public boolean requestAbort(long run, String by) {
        return jdbc.sql("""
                        update run set abort_requested_by = coalesce(abort_requested_by, :by)
                        where id = :run and status = 'RUNNING' and not past_pivot
                        """).param("run", run).param("by", by).update() > 0;
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
                new RunFacts(facts.read(row.getString("evidence"))));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
