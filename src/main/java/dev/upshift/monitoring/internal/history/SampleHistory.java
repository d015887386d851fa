package dev.upshift.monitoring.internal.history;

import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.internal.MonitoringSettings.History;
import dev.upshift.shared.ByteCount;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The course of every project's replication, dense for the last hour, thinner the older it is. */
@Repository
class SampleHistory {

    private static final Duration MEDIUM_SPAN = Duration.ofSeconds(15);
    private static final Duration COARSE_SPAN = Duration.ofMinutes(5);

    private final JdbcClient jdbc;

    SampleHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(long project, ReplicationSnapshot snapshot) {
        jdbc.sql("""
                insert into replication_sample
                       (project, taken_at, lag_bytes, retained_bytes, tables_ready, tables_total)
                values (:project, :takenAt, :lag, :retained, :ready, :total)
                on conflict do nothing""")
                .param("project", project)
                .param("takenAt", utc(snapshot.takenAt()))
                .param("lag", most(snapshot, LinkSample::lag))
                .param("retained", most(snapshot, LinkSample::retained))
                .param("ready", snapshot.tables().ready())
                .param("total", snapshot.tables().total())
                .update();
    }

    List<Sample> since(long project, Instant since) {
        return jdbc.sql("""
                select taken_at, lag_bytes, retained_bytes, tables_ready, tables_total
                  from replication_sample
                 where project = :project and taken_at >= :since
                 order by taken_at""")
                .param("project", project)
                .param("since", utc(since))
                .query((row, number) -> new Sample(
                        row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        row.getObject("lag_bytes", Long.class),
                        row.getObject("retained_bytes", Long.class),
                        row.getInt("tables_ready"),
                        row.getInt("tables_total")))
                .list();
    }

    void thinOut(Instant now, History history) {
        jdbc.sql("delete from replication_sample where taken_at < :then")
                .param("then", utc(now.minus(history.coarse())))
                .update();
        thinOut(COARSE_SPAN, now.minus(history.coarse()), now.minus(history.medium()));
        thinOut(MEDIUM_SPAN, now.minus(history.medium()), now.minus(history.everything()));
    }

    /** Of every span of time that is old enough one sample stays: the one with the largest lag, which a chart must not lose. */
    private void thinOut(Duration span, Instant from, Instant to) {
        jdbc.sql("""
                delete from replication_sample as sample
                 using (select project,
                               taken_at,
                               row_number() over (
                                   partition by project, floor(extract(epoch from taken_at) / :span_seconds)
                                   order by lag_bytes desc nulls last, taken_at) as place
                          from replication_sample
                         where taken_at < :older_than
                           and taken_at >= :newer_than) as ranked
                 where ranked.place > 1
                   and sample.project = ranked.project
                   and sample.taken_at = ranked.taken_at""")
                .param("span_seconds", span.toSeconds())
                .param("newer_than", utc(from))
                .param("older_than", utc(to))
                .update();
    }

    /** Null when one of the links could not tell, because the largest of the others would look better than it is. */
    private static @Nullable Long most(ReplicationSnapshot snapshot, Function<LinkSample, @Nullable ByteCount> amount) {
        List<@Nullable ByteCount> amounts =
                snapshot.links().stream().<@Nullable ByteCount>map(amount).toList();
        return amounts.isEmpty() || amounts.stream().anyMatch(Objects::isNull)
                ? null
                : amounts.stream()
                        .filter(Objects::nonNull)
                        .mapToLong(ByteCount::bytes)
                        .max()
                        .orElse(0);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
