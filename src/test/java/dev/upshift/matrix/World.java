package dev.upshift.matrix;

import dev.upshift.pooler.PoolerProcesses.Processes;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.records.CarriedTable;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.records.KnownSubscription;
import dev.upshift.records.MarkedTable;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that outlives a control plane: servers, poolers, clients, and the metadata database. */
final class World {

    /** So many changes travel while somebody waits once. */
    private static final int CHANGES_PER_WAIT = 200;

    /** Waiting for less than this costs the same: nobody wants to count milliseconds here. */
    private static final Duration TICK = Duration.ofSeconds(1);

    final Server source = new Server(
            Side.SOURCE,
            13,
            Shop.project(Phase.DRAFT, Side.SOURCE, false).source().endpoint());
    final Server target = new Server(
            Side.TARGET,
            17,
            Shop.project(Phase.DRAFT, Side.SOURCE, false).target().endpoint());
    final List<Pooler> poolers;
    private final List<Server> servers = List.of(source, target);
    final Ledger ledger = new Ledger();
    final SimulatedClock clock = new SimulatedClock();
    final Waiting waiting = new Waiting(clock, this::pass);
    final Traffic traffic;

    /** What is told of the processes behind the poolers' addresses. */
    volatile Processes processes = Processes.ALONE;

    /** Of the metadata database. */
    final Map<String, FenceState> raisedFences = new TreeMap<>();

    final Map<String, SchemaArchive> heldBack = new TreeMap<>();
    final Map<String, SlotObservation> knownSlots = new TreeMap<>();
    final Map<String, Map<TableName, CarriedTable>> knownTables = new TreeMap<>();
    final Map<String, List<MarkedTable>> knownMarks = new TreeMap<>();

    /** Links whose rows may not all have come, by what a run has left. */
    final Set<String> doubted = new TreeSet<>();

    final Map<String, KnownSubscriber> knownSubscribers = new TreeMap<>();
    final Map<String, KnownSubscription> knownSubscriptions = new TreeMap<>();

    private final Replication replication = new Replication(this);
    private Project project;

    World(boolean hardFence) {
        project = Shop.project(Phase.DRAFT, Side.SOURCE, hardFence);
        poolers = project.poolers().stream()
                .map(pooler -> new Pooler(pooler, Shop.configuration()))
                .toList();
        for (String name : project.databases()) {
            source.databases.put(name, new Database(name));
            Shop.createSchema(source.database(name));
            source.database(name).heldBackObjects.addAll(Shop.HELD_BACK);
        }
        source.roles.addAll(List.of("app", "reports"));
        traffic = new Traffic(this);
    }

    Project project() {
        return project;
    }

    void becomes(Phase phase, Side servingSide) {
        project = Shop.project(phase, servingSide, project.settings().hardFence());
    }

    List<Server> servers() {
        return servers;
    }

    Server server(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    Server at(Endpoint endpoint) {
        return at(endpoint.host());
    }

    Server at(String host) {
        for (Server server : servers()) {
            if (server.endpoint.host().equals(host)) {
                return server;
            }
        }
        throw new IllegalStateException("nothing listens at " + host);
    }

    Pooler pooler(String name) {
        return poolers.stream()
                .filter(pooler -> pooler.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Everything of ours on both servers, a word each. */
    Set<String> leftOfOurs() {
        return leftOfOurs(servers());
    }

    Set<String> leftOfOurs(List<Server> where) {
        Set<String> left = new TreeSet<>();
        for (Server server : where) {
            server.slots.keySet().forEach(slot -> left.add("slot " + slot));
            server.databases.values().forEach(database -> {
                database.publications.keySet().forEach(name -> left.add("publication " + name));
                database.subscriptions.keySet().forEach(name -> left.add("subscription " + name));
                if (database.helperSchema) {
                    left.add("helper schema in %s on the %s".formatted(database.name, server.side.word()));
                }
            });
        }
        return left;
    }

    /** What apply workers complain about. */
    List<String> complaints() {
        return servers().stream()
                .flatMap(server -> server.databases.values().stream())
                .flatMap(database -> database.subscriptions.values().stream())
                .flatMap(subscription -> Optional.ofNullable(subscription.complaint).stream())
                .toList();
    }

    /** Lets time pass for everybody. */
    void pass(Duration time) {
        clock.advance(time.compareTo(TICK) < 0 ? TICK : time);
        servers.forEach(Server::comeNearer);
        traffic.timePasses();
        replication.move(CHANGES_PER_WAIT);
    }
}
