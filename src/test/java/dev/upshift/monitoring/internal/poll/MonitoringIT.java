package dev.upshift.monitoring.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.upshift.lab.LabWorld;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.monitoring.DirectClients;
import dev.upshift.monitoring.DirectClients.DirectClient;
import dev.upshift.monitoring.HealthChanged;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.monitoring.internal.history.MonitoringTables;
import dev.upshift.monitoring.internal.history.ShelfOfProjects;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Watches real servers: a link from 13 to 17 in the database {@code shop}, a pooler in front, and the metadata in a
 * database of the source.
 */
@Timeout(300)
class MonitoringIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final ShelfOfProjects PROJECTS = new ShelfOfProjects();

    private static LabWorld world;
    private static MonitoringNode node;

    @BeforeAll
    static void start() {
        world = LabWorld.builder()
                .poolers(1)
                .durable(false)
                .preparedTarget()
                .clusters(cluster -> cluster.setting("wal_retrieve_retry_interval", "500ms")
                        .setting("autovacuum", "off")) // estimates change under a comparison otherwise
                .start();
        world.source().execute("postgres", "create database metadata");
        MonitoringTables.migrate(
                new DriverManagerDataSource(metadata(), Login.UPSHIFT.user(), Login.UPSHIFT.password()));
        node = MonitoringNode.start(metadata(), PROJECTS);
        for (PostgresCluster cluster : List.of(world.source(), world.target())) {
            cluster.execute("shop", "create table public.noise (v text)");
        }
        // As a copy would have left it; a new database of 15 or newer has another owner and fewer grants.
        world.target()
                .execute("shop", "alter schema public owner to postgres; grant create on schema public to public");
        PROJECTS.put(project(1, "lab", "shop", Phase.REPLICATING));
        link("lab", "shop", "for all tables", "");
        awaitSnapshot(
                "lab",
                snapshot -> snapshot.health() == Health.HEALTHY
                        && snapshot.tables().ready() == snapshot.tables().total());
    }

    @AfterAll
    static void stop() {
        node.close();
        world.close();
    }

    @Test
    void aProjectIsFollowedFromNothingToReady() {
        world.source().execute("postgres", "create database fresh");
        world.source().execute("fresh", """
                create table "Big Orders" (id int primary key, v text);
                insert into "Big Orders" select g, repeat('x', 100) from generate_series(1, 20000) g;
                create table clash (id int primary key); insert into clash values (1);
                create unlogged table scratch (id int primary key);
                create table part (id int, region text, primary key (region, id)) partition by list (region);
                create table part_eu partition of part for values in ('eu') partition by range (id);
                create table part_eu_1 partition of part_eu for values from (0) to (1000);
                create table part_us partition of part for values in ('us');
                insert into part values (1, 'eu'), (2, 'us');
                analyze""");
        PROJECTS.put(project(2, "fresh", "fresh", Phase.DRAFT));

        ReplicationSnapshot draft = sample("fresh");
        assertThat(draft.health()).isEqualTo(Health.IDLE);
        assertThat(draft.links()).isEmpty();
        assertThat(draft.sides())
                .extracting(SideSample::side, SideSample::reachable, SideSample::fenced)
                .containsExactly(tuple(Side.SOURCE, true, false), tuple(Side.TARGET, true, false));
        assertThat(draft.sides()).extracting(SideSample::version).allMatch(version -> version.matches("1[37]\\.\\d+"));
        assertThat(node.monitoring().tables("fresh"))
                .extracting(table -> table.name().table(), TableProgress::state, TableProgress::estimatedRows)
                .containsExactly(
                        tuple("Big Orders", State.PENDING, 20_000L),
                        tuple("clash", State.PENDING, 1L),
                        tuple("part_eu_1", State.PENDING, 1L),
                        tuple("part_us", State.PENDING, 1L));

        world.target().execute("postgres", "create database fresh");
        world.target().execute("fresh", """
                create table "Big Orders" (id int primary key, v text);
                create table clash (id int primary key); insert into clash values (1);
                create table part (id int, region text, primary key (region, id)) partition by list (region);
                create table part_eu partition of part for values in ('eu') partition by range (id);
                create table part_eu_1 partition of part_eu for values from (0) to (1000);
                create table part_us partition of part for values in ('us')""");
        PROJECTS.put(project(2, "fresh", "fresh", Phase.SCHEMA_COPIED));
        link("fresh", "fresh", "for table \"Big Orders\", clash, part", "");

        ReplicationSnapshot failing =
                awaitSnapshot("fresh", snapshot -> snapshot.tables().equals(new TableCounts(0, 0, 3, 1)));
        assertThat(failing.health()).isEqualTo(Health.CRITICAL);
        assertThat(failing.reasons().getFirst()).startsWith("1 table cannot be copied (public.clash)");
        awaitSnapshot(
                "fresh",
                snapshot -> snapshot.reasons()
                        .getFirst()
                        .contains("The server says: duplicate key value violates unique constraint \"clash_pkey\"."));
        TableProgress big = table("fresh", "Big Orders");
        assertThat(big.fraction()).isEqualTo(1);
        assertThat(big.copiedBytes()).isEqualTo(big.totalBytes()).isGreaterThan(2_000_000);

        world.target().execute("fresh", "truncate clash");
        PROJECTS.put(project(2, "fresh", "fresh", Phase.REPLICATING));
        ReplicationSnapshot ready =
                awaitSnapshot("fresh", snapshot -> snapshot.tables().equals(new TableCounts(0, 0, 4, 0)));
        assertThat(ready.links()).hasSize(1);
        assertThat(ready.links().getFirst().direction()).isEqualTo(Direction.FORWARD);

        world.source().execute("fresh", "create table newcomer (id int primary key)");
        awaitSnapshot("fresh", snapshot -> snapshot.tables().pending() == 1);
        assertThat(table("fresh", "newcomer").state()).isEqualTo(State.PENDING);
    }

    @Test
    void aColumnThatCameLaterIsSeenBeforeARowNeedsIt() {
        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.HEALTHY);
        world.source().execute("shop", "alter table public.noise add column later int");

        ReplicationSnapshot seen = awaitSnapshot("lab", snapshot -> snapshot.health() == Health.CRITICAL);
        assertThat(seen.reasons().getFirst())
                .contains("column public.noise.later is missing on the target")
                .contains("ALTER TABLE public.noise ADD COLUMN later integer;");

        world.target().execute("shop", "alter table public.noise add column later int");
        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.HEALTHY);
    }

    /** A column and a value of an enum on the source alone: said before a row comes, and mended after one has come. */
    @Test
    void whatStopsReplicationIsMendedByTheStatementThatIsSaid() {
        for (PostgresCluster side : List.of(world.source(), world.target())) {
            side.execute("postgres", "create database later");
            side.execute("later", """
                    create type public.state as enum ('new', 'done');
                    create table public.jobs (id int primary key, s public.state);
                    create table public.c (id int primary key, v text)""");
        }
        world.source().execute("later", "insert into jobs values (1, 'new'); insert into c values (1, 'x')");
        PROJECTS.put(project(3, "later", "later", Phase.REPLICATING));
        link("later", "later", "for table jobs, c", "");
        awaitSnapshot("later", snapshot -> snapshot.tables().equals(new TableCounts(0, 0, 2, 0)));

        world.source().execute("later", "alter type state add value 'lost'");
        world.source().execute("later", "alter table c add column w int");
        List<String> mending = List.of(
                "ALTER TYPE public.state ADD VALUE 'lost' AFTER 'done'", "ALTER TABLE public.c ADD COLUMN w integer");
        ReplicationSnapshot before =
                awaitSnapshot("later", snapshot -> mending.stream().allMatch(reason(snapshot)::contains));
        assertThat(before.health()).isEqualTo(Health.CRITICAL);
        assertThat(onlyLink(before).workerRunning()).isTrue();

        world.source().execute("later", "insert into c values (2, 'y', 3)");
        world.source().execute("later", "insert into jobs values (2, 'lost'), (3, 'new')");
        awaitSnapshot("later", snapshot -> reason(snapshot).contains("is missing replicated column"));
        assertThat(world.target().value("later", "select count(*) from c")).isEqualTo("1");

        mending.forEach(statement -> world.target().execute("later", statement));

        awaitSnapshot("later", snapshot -> !reason(snapshot).contains("stops replication") && bytes(snapshot) == 0);
        for (PostgresCluster side : List.of(world.source(), world.target())) {
            assertThat(side.value("later", "select string_agg(c::text, ' ' order by id) from c"))
                    .isEqualTo("(1,x,) (2,y,3)");
            assertThat(side.value("later", "select string_agg(jobs::text, ' ' order by id) from jobs"))
                    .isEqualTo("(1,new) (2,lost) (3,new)");
        }
    }

    private static String reason(ReplicationSnapshot snapshot) {
        return String.join(" ", snapshot.reasons());
    }

    @Test
    void aLinkIsMeasured() {
        LinkSample link = onlyLink(awaitSnapshot("lab", snapshot -> bytes(snapshot) == 0));
        assertThat(link.slot()).isEqualTo(LinkNames.link("lab", "shop", Direction.FORWARD));
        assertThat(link.lagTime()).isZero();
        assertThat(link.walStatus()).isEqualTo(WalStatus.RESERVED);
        assertThat(link).matches(LinkSample::enabled).matches(LinkSample::workerRunning);
        assertThat(link).matches(LinkSample::slotActive);

        world.target().execute("shop", "alter subscription " + link.slot() + " disable");
        world.source()
                .execute("shop", "insert into public.noise select repeat('x', 1000) from generate_series(1, 3000)");
        ReplicationSnapshot behind = awaitSnapshot(
                "lab",
                snapshot -> bytes(snapshot) > 3_000_000
                        && !onlyLink(snapshot).workerRunning()
                        && Duration.ofSeconds(1).compareTo(time(snapshot)) < 0);
        assertThat(onlyLink(behind).enabled()).isFalse();
        assertThat(onlyLink(behind).retained()).isGreaterThan(new ByteCount(3_000_000));

        world.target().execute("shop", "alter subscription " + link.slot() + " enable");
        ReplicationSnapshot level = awaitSnapshot("lab", snapshot -> bytes(snapshot) == 0);
        assertThat(onlyLink(level).lagTime()).isZero();
    }

    @Test
    void aKilledTargetIsAValueAndRecovers() {
        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.HEALTHY);
        int before = node.heard().changes.size();
        world.target().kill();

        ReplicationSnapshot silent = sample("lab");
        assertThat(silent.unreachable()).hasSize(1).first().asString().contains("The target at 127.0.0.1");
        assertThat(silent.sides()).extracting(SideSample::reachable).containsExactly(true, false);
        assertThat(silent.sides().getLast().version()).as("as last known").startsWith("17.");
        assertThat(onlyLink(silent).retained()).isNotNull();
        assertThat(onlyLink(silent).workerRunning()).isFalse();
        assertThat(silent.tables().ready())
                .as("as last seen")
                .isEqualTo(silent.tables().total())
                .isPositive();

        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.UNKNOWN);
        world.target().restart();
        ReplicationSnapshot well = awaitSnapshot("lab", snapshot -> snapshot.health() == Health.HEALTHY);
        assertThat(well.unreachable()).isEmpty();
        assertThat(node.heard().changes.subList(before, node.heard().changes.size()))
                .filteredOn(change -> change.slug().equals("lab"))
                .extracting(HealthChanged::from, HealthChanged::to)
                .startsWith(tuple(Health.HEALTHY, Health.UNKNOWN))
                .last()
                .extracting(pair -> pair.toList().getLast())
                .isEqualTo(Health.HEALTHY);
    }

    @Test
    void aFrozenServerCostsASampleItsTimeoutAndNoMore() {
        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.HEALTHY);
        world.target().suspend();
        try {
            for (int sample = 0; sample < 3; sample++) {
                Instant begin = Instant.now();
                ReplicationSnapshot silent = sample("lab");
                assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
                assertThat(silent.sides()).extracting(SideSample::reachable).containsExactly(true, false);
                assertThat(silent.poolers()).extracting(PoolerSample::state).containsExactly(PoolerState.SERVING);
            }
        } finally {
            world.target().thaw();
        }
        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.HEALTHY);
    }

    @Test
    void aPoolerIsSeenServingHoldingAndGone() {
        assertThat(sample("lab").poolers())
                .extracting(PoolerSample::name, PoolerSample::state, PoolerSample::leadsTo)
                .containsExactly(tuple("bouncer-a", PoolerState.SERVING, Destination.SOURCE));

        world.pooler(0).command("PAUSE shop");
        assertThat(sample("lab").poolers()).extracting(PoolerSample::state).containsExactly(PoolerState.PAUSED);
        world.pooler(0).command("RESUME shop");

        world.pooler(0).stop();
        ReplicationSnapshot gone = sample("lab");
        assertThat(gone.poolers()).extracting(PoolerSample::state).containsExactly(PoolerState.UNREACHABLE);
        assertThat(gone.unreachable()).hasSize(1).first().asString().contains("bouncer-a");

        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.CRITICAL);
        world.pooler(0).start();
        awaitSnapshot("lab", snapshot -> snapshot.poolers().getFirst().state() == PoolerState.SERVING);
    }

    @Test
    void aFenceIsSeenAndPassed() {
        sample("lab");
        world.target().execute("postgres", """
                alter database shop set default_transaction_read_only = on;
                alter database shop connection limit 0""");
        try {
            assertThat(sample("lab").sides()).extracting(SideSample::fenced).containsExactly(false, true);
        } finally {
            world.target().execute("postgres", """
                    alter database shop reset default_transaction_read_only;
                    alter database shop connection limit -1""");
        }
        assertThat(sample("lab").sides()).extracting(SideSample::fenced).containsExactly(false, false);
    }

    @Test
    void whoCanWriteOnTheSideThatWasLeftIsSeen() throws SQLException {
        PROJECTS.put(project(1, "lab", "shop", Phase.ROLLED_BACK));
        world.target().execute("postgres", """
                alter database shop set default_transaction_read_only = on;
                alter role app in database shop set default_transaction_read_only = off""");
        try (Connection straggler = connect(world.target().port(), "straggler")) {
            assertThat(straggler.isValid(5)).isTrue();
            assertThat(awaitSnapshot("lab", snapshot -> snapshot.health() == Health.WARNING)
                            .reasons())
                    .anySatisfy(reason -> assertThat(reason)
                            .contains("can write on the target, which was left", "app (straggler) from 127.0.0.1"));

            straggler.setAutoCommit(false);
            straggler.createStatement().execute("select pg_current_xact_id()");
            assertThat(awaitSnapshot("lab", snapshot -> snapshot.health() == Health.CRITICAL)
                            .reasons())
                    .anySatisfy(reason -> assertThat(reason).contains("writes on the target, which was left"));
        } finally {
            world.target().execute("postgres", """
                    begin read write;
                    alter role app in database shop reset default_transaction_read_only;
                    alter database shop reset default_transaction_read_only;
                    commit""");
            PROJECTS.put(project(1, "lab", "shop", Phase.REPLICATING));
        }
        awaitSnapshot("lab", snapshot -> snapshot.health() == Health.HEALTHY);
    }

    @Test
    void whatWasSeenIsKeptAndSharedWithOtherNodes() {
        Instant since = Instant.now().minus(1, ChronoUnit.MILLIS);
        ReplicationSnapshot first = sample("lab");
        ReplicationSnapshot second = sample("lab");

        assertThat(node.monitoring().samples("lab", since))
                .extracting(Sample::at)
                .containsExactly(first.takenAt(), second.takenAt());
        assertThat(node.monitoring().samples("lab", since)).allSatisfy(sample -> {
            assertThat(sample.lagBytes()).isNotNull();
            assertThat(sample.tablesReady()).isEqualTo(sample.tablesTotal()).isPositive();
        });
        try (MonitoringNode other = MonitoringNode.start(metadata(), PROJECTS)) {
            assertThat(other.monitoring().latest("lab")).contains(second);
            // Sizes go on changing while another test's noise is applied.
            // On a busy machine a side may not answer in time, and its tables are then not known to be copied, nor how
            // large they are: a later sample keeps that.
            await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                sample("lab");
                assertThat(other.monitoring().tables("lab"))
                        .usingRecursiveFieldByFieldElementComparatorOnFields("name", "state", "copiedRows")
                        .containsExactlyElementsOf(node.monitoring().tables("lab"));
            });
            assertThat(other.monitoring().latest("nobody")).isEmpty();
        }
    }

    @Test
    void clientsWithoutAPoolerAreKnown() throws SQLException {
        try (Connection pooled = connect(world.pooler(0).port(), "through the pooler");
                Connection direct = connect(world.source().port(), "nightly export")) {
            pooled.setAutoCommit(false);
            pooled.createStatement().execute("select 1");
            direct.createStatement().execute("select 1");

            node.part(DirectClientWatch.class).look(project(1, "lab", "shop", Phase.REPLICATING));
        }

        List<DirectClient> known = node.part(DirectClients.class).of("lab");
        assertThat(known)
                .filteredOn(client -> client.user().equals(Login.APP.user()))
                .extracting(DirectClient::database, DirectClient::application, DirectClient::sessions)
                .containsExactly(tuple("shop", "nightly export", 1));
        // While a pooler does not answer, its sessions could not be told from others.
        world.pooler(0).stop();
        try (Connection late = connect(world.source().port(), "late")) {
            late.createStatement().execute("select 1");
            node.part(DirectClientWatch.class).look(project(1, "lab", "shop", Phase.REPLICATING));
        }
        world.pooler(0).start();
        assertThat(node.part(DirectClients.class).of("lab")).isEqualTo(known);
    }

    private static Connection connect(int port, String application) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/shop?prepareThreshold=0&ApplicationName=%s"
                        .formatted(port, application.replace(" ", "%20")),
                Login.APP.user(),
                Login.APP.password());
    }

    @Test
    void nobodyCanBeSampledWhoIsNotThere() {
        assertThatThrownBy(() -> sample("nobody")).isInstanceOf(ProjectNotFound.class);
    }

    @Test
    void pollsAreSharedAndEndWithTheProject() {
        PROJECTS.put(project(3, "shared", "shop", Phase.DRAFT));
        String[] polling = {
            "db-scheduler.enabled=true",
            "db-scheduler.polling-interval=50ms",
            "db-scheduler.polling-strategy=lock-and-fetch",
            "db-scheduler.polling-strategy-lower-limit-fraction-of-threads=0.5",
            "db-scheduler.polling-strategy-upper-limit-fraction-of-threads=1.0",
            "db-scheduler.shutdown-max-wait=5s",
            "upshift.monitoring.interval=400ms"
        };
        Instant begin = Instant.now();
        try (MonitoringNode two = MonitoringNode.start(metadata(), PROJECTS, polling)) {
            try (MonitoringNode one = MonitoringNode.start(metadata(), PROJECTS, polling)) {
                await().atMost(SOON).until(() -> taken(one) + taken(two) >= 12);
            }
            List<Instant> times = node.monitoring().samples("shared", begin).stream()
                    .map(Sample::at)
                    .toList();
            // Ticks come when they are due or late, never twice: 12 of them take at least 11 intervals but for jitter.
            assertThat(Duration.between(times.getFirst(), times.get(11))).isGreaterThan(Duration.ofSeconds(4));
            assertThat(times).doesNotHaveDuplicates();

            int alone = taken(two);
            await().atMost(SOON).until(() -> taken(two) >= alone + 3);

            PROJECTS.put(project(3, "shared", "shop", Phase.ABANDONED));
            await().atMost(SOON).until(() -> scheduled("shared") == 0);
            assertThat(two.monitoring().latest("shared").orElseThrow().reasons().getFirst())
                    .contains("abandoned");
        } finally {
            PROJECTS.remove("shared");
        }
    }

    private static int taken(MonitoringNode of) {
        return (int) of.heard().snapshots.stream()
                .filter(taken -> taken.slug().equals("shared"))
                .count();
    }

    private static int scheduled(String slug) {
        return Integer.parseInt(world.source()
                .value(
                        "metadata",
                        "select count(*) from scheduled_tasks where task_name = 'replication-poll' and task_instance = '"
                                + slug + "'"));
    }

    private static ReplicationSnapshot sample(String slug) {
        return node.monitoring().sampleNow(slug);
    }

    private static ReplicationSnapshot awaitSnapshot(String slug, Predicate<ReplicationSnapshot> wanted) {
        AtomicReference<ReplicationSnapshot> last = new AtomicReference<>();
        await(slug).atMost(SOON).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
            last.set(sample(slug));
            assertThat(last.get()).matches(wanted);
        });
        return last.get();
    }

    private static TableProgress table(String slug, String name) {
        return node.monitoring().tables(slug).stream()
                .filter(table -> table.name().table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static LinkSample onlyLink(ReplicationSnapshot snapshot) {
        assertThat(snapshot.links()).hasSize(1);
        return snapshot.links().getFirst();
    }

    private static long bytes(ReplicationSnapshot snapshot) {
        return Objects.requireNonNull(onlyLink(snapshot).lag()).bytes();
    }

    private static Duration time(ReplicationSnapshot snapshot) {
        return Objects.requireNonNullElse(onlyLink(snapshot).lagTime(), Duration.ZERO);
    }

    /** As the procedure that replicates makes it, in short. */
    private static void link(String slug, String database, String tables, String options) {
        String name = LinkNames.link(slug, database, Direction.FORWARD);
        world.source().execute(database, "create publication " + name + " " + tables);
        world.target()
                .execute(
                        database,
                        "create subscription %s connection 'host=127.0.0.1 port=%d dbname=%s user=%s password=%s' publication %s%s"
                                .formatted(
                                        name,
                                        world.source().port(),
                                        database,
                                        Login.UPSHIFT.user(),
                                        Login.UPSHIFT.password(),
                                        name,
                                        options));
    }

    private static Project project(long id, String slug, String database, Phase phase) {
        return new Project(
                id,
                slug,
                slug,
                new Cluster(endpoint(world.source().port()), null, null, 13),
                new Cluster(endpoint(world.target().port()), null, null, 17),
                List.of(database),
                database.equals("shop") ? List.of(pooler()) : List.of(),
                ProjectSettings.DEFAULTS,
                phase,
                Side.SOURCE,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static PoolerAddress pooler() {
        return new PoolerAddress(
                "bouncer-a",
                endpoint(world.pooler(0).port()),
                new PoolerAddress.ConfigurationLocation("file", "databases.ini"));
    }

    private static Endpoint endpoint(int port) {
        return new Endpoint(
                PostgresCluster.HOST,
                port,
                Login.UPSHIFT.user(),
                new Secret(Login.UPSHIFT.password()),
                SslMode.DISABLE);
    }

    private static String metadata() {
        return world.source().url("metadata");
    }
}
