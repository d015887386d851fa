package dev.upshift.engine.internal.record;

import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.JournalEntry.Event;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.internal.lease.StaleOwner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The journal in the metadata database. Rows of one call are one statement, hence one commit: inside the pause every
 * commit counts.
 */
@Repository
class StoredJournal implements Journal {

    /**
     * The lock on the run's row makes a new owner wait for this commit, or this commit see the new owner: a row that
     * slips in after the new owner has read the journal could be the pivot.
     */
    private static final String OWNED = """
            with owned as (select id, epoch from run where id = :run and epoch = :epoch for share)
            """;

    /** Decides between the pivot and an abort: both change the run's row. */
    private static final String PASSED = """
            with owned as (
                update run set past_pivot = true
                where id = :run and epoch = :epoch
                  and (past_pivot or (abort_requested_by is null and not exists (select from stop_order)))
                returning id, epoch)
            """;

    private static final String INSERT = """
            insert into journal_entry
                (run_id, sequence, epoch, step, part, event, sentence, at, duration_micros, facts)
            select owned.id, e.sequence, owned.epoch, e.step, e.part, e.event, e.sentence, e.at, e.duration_micros,
                   e.facts::jsonb
            from owned,
                 unnest(:sequences::int[], :steps::text[], :parts::text[], :events::text[], :sentences::text[],
                        :ats::timestamptz[], :durations::bigint[], :facts::text[])
                     as e (sequence, step, part, event, sentence, at, duration_micros, facts)
            on conflict (run_id, sequence) do nothing
            """;

    private final JdbcClient jdbc;
    private final Facts facts;

    StoredJournal(JdbcClient jdbc, Facts facts) {
        this.jdbc = jdbc;
        this.facts = facts;
    }

    @Override
    public void append(long run, int epoch, List<JournalEntry> entries) {
        boolean pivot = entries.stream().anyMatch(JournalEntry::isPivot);
        int written = jdbc.sql((pivot ? PASSED : OWNED) + INSERT)
                .param("run", run)
                .param("epoch", epoch)
                .param("sequences", entries.stream().map(JournalEntry::sequence).toArray(Integer[]::new))
                .param("steps", entries.stream().map(JournalEntry::step).toArray(String[]::new))
                .param("parts", entries.stream().map(e -> e.part().name()).toArray(String[]::new))
                .param("events", entries.stream().map(e -> e.event().name()).toArray(String[]::new))
                .param("sentences", entries.stream().map(JournalEntry::sentence).toArray(String[]::new))
                .param("ats", entries.stream().map(e -> e.at().toString()).toArray(String[]::new))
                .param(
                        "durations",
                        entries.stream().map(JournalEntry::durationMicros).toArray(Long[]::new))
                .param(
                        "facts",
                        entries.stream().map(e -> facts.write(e.facts())).toArray(String[]::new))
                .update();
        if (written == 0) {
            requireStanding(run, epoch, pivot);
        }
    }

    /** Nothing was written: because it was there already, or because it must not be. */
    private void requireStanding(long run, int epoch, boolean pivot) {
        Standing standing = jdbc.sql("""
                        select epoch, past_pivot,
                               coalesce(abort_requested_by, (select ordered_by from stop_order)) as abort_requested_by
                        from run where id = :run
                        """)
                .param("run", run)
                .query((row, index) -> new Standing(
                        row.getInt("epoch"), row.getBoolean("past_pivot"), row.getString("abort_requested_by")))
                .optional()
                .orElseThrow(() -> new StaleOwner(run, epoch));
        if (standing.epoch() != epoch) {
            throw new StaleOwner(run, epoch);
        }
        if (pivot && !standing.pastPivot()) {
            throw new PivotRefused("Aborted by " + standing.abortRequestedBy() + ".");
        }
    }

    private record Standing(
            int epoch, boolean pastPivot, @Nullable String abortRequestedBy) {}

    @Override
    public List<JournalEntry> of(long run) {
        return new ArrayList<>(jdbc.sql("select * from journal_entry where run_id = :run order by sequence")
                .param("run", run)
                .query(this::entry)
                .list());
    }

    private JournalEntry entry(ResultSet row, int index) throws SQLException {
        long duration = row.getLong("duration_micros");
        boolean none = row.wasNull();
        return new JournalEntry(
                row.getInt("sequence"),
                row.getInt("epoch"),
                row.getString("step"),
                Part.valueOf(row.getString("part")),
                Event.valueOf(row.getString("event")),
                row.getString("sentence"),
                row.getObject("at", OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant(),
                none ? null : duration,
                facts.read(row.getString("facts")));
    }
}
