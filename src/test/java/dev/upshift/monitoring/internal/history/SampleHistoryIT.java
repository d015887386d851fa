package dev.upshift.monitoring.internal.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.upshift.lab.LabDirectory;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.internal.MonitoringSettings.History;
import dev.upshift.monitoring.internal.judge.ProjectSample;
import dev.upshift.monitoring.internal.probe.Made;
import dev.upshift.project.Phase;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import dev.upshift.shared.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What is kept of samples in a real metadata database, of the major that the control plane brings. */
class SampleHistoryIT {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final History THINNING = new History(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(30));
    private static final long PROJECT = 7;

    private static LabDirectory directory;
    private static PostgresCluster cluster;
    private static DriverManagerDataSource metadata;
    private static JdbcClient jdbc;

    private final SampleHistory history = new SampleHistory(jdbc);

    @BeforeAll
    static void start() {
        directory = LabDirectory.create();
        cluster = PostgresCluster.of(18, directory).durable(false).start();
        metadata = new DriverManagerDataSource(cluster.url("postgres"), Login.UPSHIFT.user(), Login.UPSHIFT.password());
        MonitoringTables.migrate(metadata);
        jdbc = JdbcClient.create(metadata);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        directory.close();
    }

    @BeforeEach
    void empty() {
        jdbc.sql("truncate replication_sample").update();
    }

    @Test
    void tellsTheLargestOfAllLinksAndNothingWhenOneCannotTell() {
        add(NOW, 5L, 900L);
        add(NOW.plusSeconds(2), 5L, null);
        add(NOW.plusSeconds(4));

        assertThat(history.since(PROJECT, NOW)).extracting(Sample::lagBytes).containsExactly(900L, null, null);
        assertThat(history.since(PROJECT, NOW.plusSeconds(2)))
                .extracting(Sample::at)
                .containsExactly(NOW.plusSeconds(2), NOW.plusSeconds(4));
        assertThat(history.since(8, NOW)).isEmpty();
    }

    @Test
    void aSampleTakenTwiceIsKeptOnce() {
        add(NOW, 5L);
        add(NOW, 6L);
        assertThat(history.since(PROJECT, NOW)).hasSize(1);
    }

    @Test
    void thinsOutWithAgeAndKeepsThePeaks() {
        jdbc.sql("""
                insert into replication_sample (project, taken_at, lag_bytes, tables_ready, tables_total)
                select :project, at, case when extract(epoch from at)::bigint % 3600 = 1801 then 1000000 else 1 end, 1, 1
                  from generate_series(:now - interval '3 hours', :now, interval '1 second') at
                 union all
                select :project, at, 5, 1, 1
                  from generate_series(:now - interval '31 days', :now - interval '2 days', interval '1 minute') at""")
                .param("project", PROJECT)
                .param("now", NOW.atOffset(ZoneOffset.UTC))
                .update();

        history.thinOut(NOW, THINNING);
        List<Sample> samples = history.since(PROJECT, Instant.EPOCH);

        assertThat(between(samples, NOW.minus(Duration.ofHours(1)), NOW)).hasSize(3601);
        assertThat(between(samples, NOW.minus(Duration.ofHours(3)), NOW.minus(Duration.ofHours(1))))
                .hasSizeBetween(480, 482)
                .filteredOn(sample -> Long.valueOf(1_000_000).equals(sample.lagBytes()))
                .hasSize(2);
        assertThat(between(samples, Instant.EPOCH, NOW.minus(Duration.ofDays(1))))
                .hasSizeBetween(28 * 288, 28 * 288 + 2);
        assertThat(samples.getFirst().at()).isAfterOrEqualTo(NOW.minus(Duration.ofDays(30)));

        history.thinOut(NOW, THINNING);
        assertThat(history.since(PROJECT, Instant.EPOCH)).isEqualTo(samples);
    }

    /** Taken away by another node whose list of projects was older, or never committed. */
    @Test
    void tablesThatAreNotThereAnyMoreAreKeptAgain() {
        LastSnapshots snapshots = new LastSnapshots(jdbc);
        Archive archive = new Archive(
                snapshots,
                history,
                mock(KnownDirectClients.class),
                _ -> {},
                new TransactionTemplate(new DataSourceTransactionManager(metadata)));
        List<TableProgress> tables = List.of(new TableProgress(
                "shop", new TableName("public", "orders"), State.READY, "r", 8192, 8192, 1, 1, null, null, null));
        archive.keep(Made.project(Phase.REPLICATING), new ProjectSample(snapshot(NOW, List.of()), tables, NOW));
        assertThat(kept(snapshots)).isEqualTo(tables);

        snapshots.deleteAllBut(List.of());
        Instant later = NOW.plusSeconds(11);
        archive.keep(Made.project(Phase.REPLICATING), new ProjectSample(snapshot(later, List.of()), tables, later));
        assertThat(kept(snapshots)).isEqualTo(tables);
    }

    private static List<TableProgress> kept(LastSnapshots snapshots) {
        return snapshots
                .find(Made.project(Phase.REPLICATING).id(), Instant.EPOCH)
                .orElseThrow()
                .tables();
    }

    private static List<Sample> between(List<Sample> samples, Instant from, Instant to) {
        return samples.stream()
                .filter(sample -> !sample.at().isBefore(from) && !sample.at().isAfter(to))
                .toList();
    }

    private void add(Instant at, Long... lags) {
        List<LinkSample> links = Arrays.stream(lags)
                .map(lag -> new LinkSample(
                        "shop",
                        Direction.FORWARD,
                        lag == null ? null : new ByteCount(lag),
                        null,
                        "slot",
                        true,
                        null,
                        null,
                        true,
                        true,
                        0,
                        0))
                .toList();
        history.add(PROJECT, snapshot(at, links));
    }

    private static ReplicationSnapshot snapshot(Instant at, List<LinkSample> links) {
        return new ReplicationSnapshot(
                "lab",
                at,
                Health.HEALTHY,
                List.of(),
                List.of(),
                links,
                List.of(),
                new TableCounts(0, 0, 1, 0),
                List.of());
    }
}
