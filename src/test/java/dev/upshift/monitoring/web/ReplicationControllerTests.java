package dev.upshift.monitoring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.monitoring.DirectClients.DirectClient;
import dev.upshift.monitoring.Monitoring;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.monitoring.TablePage;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.TableQuery;
import dev.upshift.monitoring.TableQuery.Sort;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Projects;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class ReplicationControllerTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Answers answers = new Answers();
    private final MockMvcTester mvc = MockMvcTester.of(new ReplicationController(
            new OneProject(),
            answers,
            slug -> List.of(new DirectClient(
                    "shop", "report", "", "10.0.7.21", 2, NOON.minusSeconds(3_600), NOON.minusSeconds(5))),
            Clock.fixed(NOON, ZoneOffset.UTC)));

    @Test
    void directClientsAreListed() {
        assertThat(mvc.get().uri("/api/v1/projects/lab/direct-clients"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"items": [{"database": "shop", "user": "report", "application": "", "address": "10.0.7.21",
                                    "sessions": 2, "firstSeen": "2026-03-01T11:00:00Z",
                                    "lastSeen": "2026-03-01T11:59:55Z"}]}""");
    }

    @Test
    void latestSnapshotHasTheNamesOfTheApi() {
        assertThat(mvc.get().uri("/api/v1/projects/lab/replication"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"takenAt": "2026-03-01T12:00:00Z", "health": "WARNING", "reasons": ["Too far behind."],
                         "links": [
                           {"database": "shop", "direction": "FORWARD", "lagBytes": 700, "lagMillis": 1500,
                            "slot": "upshift_lab_shop_forward", "slotActive": true, "walStatus": "reserved",
                            "retainedBytes": 4096, "enabled": true, "workerRunning": true, "applyErrors": 1,
                            "syncErrors": 2},
                           {"database": "shop", "direction": "REVERSE", "lagBytes": null, "lagMillis": null,
                            "slot": "upshift_lab_shop_reverse", "slotActive": false, "walStatus": null,
                            "retainedBytes": null, "enabled": false, "workerRunning": false, "applyErrors": 0,
                            "syncErrors": 0}],
                         "tables": {"pending": 1, "copying": 2, "ready": 3, "error": 4},
                         "sides": [{"side": "SOURCE", "reachable": true, "fenced": false, "version": "13.23"},
                                   {"side": "TARGET", "reachable": false, "fenced": false, "version": null}],
                         "poolers": [{"name": "a", "state": "PAUSED", "leadsTo": "SOURCE", "clients": 9, "waiting": 8}],
                         "unreachable": ["The target does not answer."]}
                        """);
    }

    @Test
    void aProjectThatWasNotSampledYetIsUnknown() {
        answers.latest = Optional.empty();

        assertThat(mvc.get().uri("/api/v1/projects/lab/replication"))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.health", health -> assertThat(health).isEqualTo("UNKNOWN"))
                .hasPathSatisfying("$.takenAt", takenAt -> assertThat(takenAt).isNull())
                .hasPathSatisfying(
                        "$.links", links -> assertThat(links).asArray().isEmpty());
    }

    @Test
    void samplesComeSinceTheGivenInstantOrForTheLastQuarterOfAnHour() {
        assertThat(mvc.get().uri("/api/v1/projects/lab/replication/samples?since=2026-03-01T08:00:00Z"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"items": [{"at": "2026-03-01T11:59:58Z", "lagBytes": 5, "retainedBytes": 6,
                                    "tablesReady": 1, "tablesTotal": 2},
                                   {"at": "2026-03-01T12:00:00Z", "lagBytes": null, "retainedBytes": null,
                                    "tablesReady": 1, "tablesTotal": 2}]}
                        """);
        assertThat(answers.since).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));

        assertThat(mvc.get().uri("/api/v1/projects/lab/replication/samples")).hasStatusOk();
        assertThat(answers.since).isEqualTo(Instant.parse("2026-03-01T11:45:00Z"));
    }

    @Test
    void allTablesComeIfNotAskedOtherwise() {
        assertThat(mvc.get().uri("/api/v1/projects/lab/tables"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"items": [{"database": "shop", "schema": "Sales", "table": "Orders", "state": "COPYING",
                                    "copiedBytes": 10, "totalBytes": 40, "copiedRows": 1, "estimatedRows": 4,
                                    "bytesPerSecond": 5, "eta": "PT6S", "lastError": null}],
                         "page": 0, "pages": 1, "matching": 1, "total": 3, "takenAt": "2026-03-01T12:00:00Z"}
                        """);
        assertThat(answers.query).isEqualTo(TableQuery.ALL);
    }

    @Test
    void tablesAreFilteredSortedAndPaged() {
        assertThat(mvc.get()
                        .uri("/api/v1/projects/lab/tables?state=COPYING,ERROR&name=ord&sort=TIME_LEFT&descending=true"
                                + "&page=2&size=50"))
                .hasStatusOk();
        assertThat(answers.query)
                .isEqualTo(new TableQuery(Set.of(State.COPYING, State.ERROR), "ord", Sort.TIME_LEFT, true, 2, 50));
    }

    @Test
    void nonsenseIsRefused() {
        for (String query : List.of("page=-1", "size=0", "state=LOST", "sort=COLOUR")) {
            assertThat(mvc.get().uri("/api/v1/projects/lab/tables?" + query))
                    .as(query)
                    .hasStatus(HttpStatus.BAD_REQUEST);
        }
        assertThat(mvc.get().uri("/api/v1/projects/lab/replication/samples?since=yesterday"))
                .hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void anUnknownProjectIsNotFound() {
        for (String path : List.of("replication", "replication/samples", "tables")) {
            assertThat(mvc.get().uri("/api/v1/projects/nobody/" + path))
                    .as(path)
                    .failure()
                    .hasRootCauseInstanceOf(ProjectNotFound.class);
        }
    }

    private static final class Answers implements Monitoring {

        private Optional<ReplicationSnapshot> latest = Optional.of(new ReplicationSnapshot(
                "lab",
                NOON,
                Health.WARNING,
                List.of("Too far behind."),
                List.of(
                        new SideSample(Side.SOURCE, true, false, "13.23"),
                        new SideSample(Side.TARGET, false, false, null)),
                List.of(
                        new LinkSample(
                                "shop",
                                Direction.FORWARD,
                                new ByteCount(700),
                                Duration.ofMillis(1500),
                                "upshift_lab_shop_forward",
                                true,
                                WalStatus.RESERVED,
                                new ByteCount(4096),
                                true,
                                true,
                                1,
                                2),
                        new LinkSample(
                                "shop",
                                Direction.REVERSE,
                                null,
                                null,
                                "upshift_lab_shop_reverse",
                                false,
                                null,
                                null,
                                false,
                                false,
                                0,
                                0)),
                List.of(new PoolerSample("a", PoolerState.PAUSED, Destination.SOURCE, 9, 8)),
                new TableCounts(1, 2, 3, 4),
                List.of("The target does not answer.")));

        private Instant since = Instant.EPOCH;
        private TableQuery query = TableQuery.ALL;

        @Override
        public Optional<ReplicationSnapshot> latest(String slug) {
            return latest;
        }

        @Override
        public List<Sample> samples(String slug, Instant from) {
            since = from;
            return List.of(new Sample(NOON.minusSeconds(2), 5L, 6L, 1, 2), new Sample(NOON, null, null, 1, 2));
        }

        @Override
        public List<TableProgress> tables(String slug) {
            return List.of(new TableProgress(
                    "shop",
                    new TableName("Sales", "Orders"),
                    State.COPYING,
                    "d",
                    10,
                    40,
                    1,
                    4,
                    5L,
                    Duration.ofSeconds(6),
                    null));
        }

        @Override
        public TablePage tables(String slug, TableQuery asked) {
            query = asked;
            return new TablePage(tables(slug), 0, 10, 1, 3, Map.of(), NOON);
        }

        @Override
        public ReplicationSnapshot sampleNow(String slug) {
            throw new AssertionError("A request must not reach a cluster");
        }
    }

    private static final class OneProject implements Projects {

        private static final Endpoint SOMEWHERE =
                new Endpoint("db", 5432, "upshift", new Secret("secret"), SslMode.DISABLE);

        @Override
        public List<Project> all() {
            return List.of(new Project(
                    7,
                    "lab",
                    "Lab",
                    new Cluster(SOMEWHERE, null, null, 13),
                    new Cluster(SOMEWHERE, null, null, 17),
                    List.of("shop"),
                    List.of(),
                    ProjectSettings.DEFAULTS,
                    Phase.REPLICATING,
                    Side.SOURCE,
                    1,
                    NOON,
                    NOON));
        }

        @Override
        public Optional<Project> bySlug(String slug) {
            return all().stream().filter(project -> project.slug().equals(slug)).findFirst();
        }

        @Override
        public Project register(ProjectDraft draft) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Project change(String slug, ProjectDraft draft) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String slug) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Project transition(String slug, Phase next, Side servingSide) {
            throw new UnsupportedOperationException();
        }
    }
}
