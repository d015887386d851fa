package dev.upshift.monitoring.internal.probe;

import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.internal.probe.DatabaseReading.SubscriptionReading;
import dev.upshift.monitoring.internal.probe.DatabaseReading.TableReading;
import dev.upshift.monitoring.internal.probe.Observation.SideDatabase;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.postgres.DatabaseLooks.SlotReading;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.TableName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Projects and observations for tests that need no server. */
public final class Made {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final String DATABASE = "shop";
    public static final PoolerProcess ALONE = new PoolerProcess("bouncer-a", false, 0, List.of());
    public static final PostgresVersion OLD = new PostgresVersion(130023);
    public static final PostgresVersion NEW = new PostgresVersion(170011);

    private Made() {}

    public static Project project(Phase phase) {
        Side serving = phase == Phase.CUT_OVER || phase == Phase.FINISHED ? Side.TARGET : Side.SOURCE;
        return project(
                phase,
                serving,
                endpoint("source.internal", 5432),
                endpoint("target.internal", 5433),
                List.of(pooler("bouncer-a")));
    }

    private static Project withAnotherPooler(Project project) {
        return project(
                project.phase(),
                project.servingSide(),
                project.source().endpoint(),
                project.target().endpoint(),
                Stream.concat(project.poolers().stream(), Stream.of(pooler("bouncer-b")))
                        .toList());
    }

    public static Project project(
            Phase phase, Side serving, Endpoint source, Endpoint target, List<PoolerAddress> poolers) {
        return new Project(
                7,
                "lab",
                "Lab",
                new Cluster(source, null, null, 13),
                new Cluster(target, null, null, 17),
                List.of(DATABASE),
                poolers,
                ProjectSettings.DEFAULTS,
                phase,
                serving,
                1,
                NOON,
                NOON);
    }

    public static Endpoint endpoint(String host, int port) {
        return new Endpoint(host, port, "upshift", new Secret("secret"), SslMode.DISABLE);
    }

    public static PoolerAddress pooler(String name) {
        return new PoolerAddress(
                name,
                endpoint(name + ".internal", 6432),
                new PoolerAddress.ConfigurationLocation("file", "/etc/pgbouncer/databases.ini"));
    }

    public static Lsn lsn(long value) {
        return new Lsn(value);
    }

    public static TableName table(String name) {
        return new TableName("public", name);
    }

    public static TableFacts facts(String name, long rows, long bytes) {
        return new TableFacts(
                table(name), TableFacts.Kind.ORDINARY, false, rows, bytes, TableFacts.ReplicaIdentity.PRIMARY_KEY);
    }

    public static TableReading ready(String name) {
        return new TableReading(table(name), "r", false, null, null);
    }

    public static TableReading copying(String name, long bytes, long rows) {
        return new TableReading(table(name), "d", true, bytes, rows);
    }

    public static TableReading withoutWorker(String name) {
        return new TableReading(table(name), "d", false, null, null);
    }

    public static SlotReading slot(long confirmed) {
        return new SlotReading(true, lsn(confirmed), WalStatus.RESERVED, 0L, null, observed(confirmed));
    }

    public static SlotObservation observed(long confirmed) {
        return new SlotObservation(
                NOON, DATABASE, "pgoutput", lsn(confirmed), lsn(confirmed - 1), lsn(confirmed), 1, NOON, null, null);
    }

    public static SubscriptionReading subscription(TableReading... tables) {
        return new SubscriptionReading(true, true, 0, 0, List.of(tables));
    }

    public static Scene scene(Phase phase) {
        return new Scene(project(phase));
    }

    /** Both sides answer and have no link, the pooler serves the source, unless said otherwise. */
    public static final class Scene {

        private Project project;
        private final Map<SideDatabase, Answer<DatabaseReading>> databases = new LinkedHashMap<>();
        private final Map<String, Answer<PoolerReading>> poolers = new LinkedHashMap<>();
        private Instant at = NOON;
        private List<TableFacts> inventory = List.of();
        private Map<String, DriftReading> drift = Map.of();

        private Scene(Project project) {
            this.project = project;
            side(Side.SOURCE, new DatabaseReading(OLD, lsn(1000), project.servingSide() != Side.SOURCE, null, null));
            side(Side.TARGET, new DatabaseReading(NEW, lsn(5000), project.phase() == Phase.ROLLED_BACK, null, null));
            pooler(new PoolerReading(
                    false,
                    project.servingSide() == Side.SOURCE ? Destination.SOURCE : Destination.TARGET,
                    20,
                    0,
                    ALONE));
        }

        public Scene at(Instant at) {
            this.at = at;
            return this;
        }

        public Scene after(long seconds) {
            return at(NOON.plusSeconds(seconds));
        }

        public Scene side(Side side, DatabaseReading reading) {
            databases.put(new SideDatabase(side, DATABASE), new Answer.Given<>(reading));
            return this;
        }

        public Scene publishing(Side side, long written, SlotReading slot) {
            DatabaseReading before = reading(side);
            return side(
                    side,
                    new DatabaseReading(before.version(), lsn(written), before.fenced(), slot, before.subscription()));
        }

        public Scene subscribing(Side side, SubscriptionReading subscription) {
            DatabaseReading before = reading(side);
            return side(
                    side,
                    new DatabaseReading(
                            before.version(), before.written(), before.fenced(), before.slot(), subscription));
        }

        public Scene fenced(Side side, boolean fenced) {
            DatabaseReading before = reading(side);
            return side(
                    side,
                    new DatabaseReading(
                            before.version(), before.written(), fenced, before.slot(), before.subscription()));
        }

        public Scene passing(Side side, DatabaseReading.Passing passing) {
            DatabaseReading before = reading(side);
            return side(
                    side,
                    new DatabaseReading(
                            before.version(),
                            before.written(),
                            before.fenced(),
                            before.slot(),
                            before.subscription(),
                            passing));
        }

        public Scene silent(Side side) {
            databases.put(
                    new SideDatabase(side, DATABASE), new Answer.Missing<>("The " + side.word() + " does not answer."));
            return this;
        }

        public Scene pooler(PoolerReading reading) {
            poolers.put("bouncer-a", new Answer.Given<>(reading));
            return this;
        }

        public Scene otherPooler(PoolerReading reading) {
            project = withAnotherPooler(project);
            poolers.put("bouncer-b", new Answer.Given<>(reading));
            return this;
        }

        public Scene silentPooler() {
            poolers.put("bouncer-a", new Answer.Missing<>("Pooler bouncer-a does not answer."));
            return this;
        }

        public Scene drifted(SchemaDrift.Difference... differences) {
            drift = Map.of(DATABASE, new DriftReading(List.of(differences), null));
            return this;
        }

        public Scene tables(TableFacts... tables) {
            inventory = List.of(tables);
            return this;
        }

        /** The forward link in the best of states, unless it is changed afterwards. */
        public Scene forwardLink() {
            return publishing(Side.SOURCE, 1000, slot(1000))
                    .subscribing(Side.TARGET, subscription(ready("orders")))
                    .tables(facts("orders", 10, 8192));
        }

        public Scene reverseLink() {
            return publishing(Side.TARGET, 5000, slot(5000))
                    .subscribing(Side.SOURCE, subscription(ready("orders")))
                    .tables(facts("orders", 10, 8192));
        }

        public Observation seen() {
            return new Observation(
                    project, at, Map.copyOf(databases), Map.copyOf(poolers), Map.of(DATABASE, inventory), drift);
        }

        private DatabaseReading reading(Side side) {
            return databases.get(new SideDatabase(side, DATABASE)).given().orElseThrow();
        }
    }
}
