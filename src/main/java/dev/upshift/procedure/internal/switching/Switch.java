package dev.upshift.procedure.internal.switching;

import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.PostgresSessions;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.procedure.internal.common.LinkBarrier;
import dev.upshift.procedure.internal.common.RaisedFences;
import dev.upshift.procedure.internal.common.Records;
import dev.upshift.procedure.internal.common.SessionPool;
import dev.upshift.procedure.internal.common.SessionPool.Role;
import dev.upshift.procedure.internal.engine.Ports;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * One switch of clients from one side to the other: the route. What its steps share hangs on it: the sessions, the
 * poolers, the hold on clients, the fences. What an interruption must not forget lives in the journal and in
 * {@link RaisedFences}.
 */
final class Switch implements AutoCloseable {

    private final Project project;
    private final Side from;
    private final Ports ports;
    private final SessionPool pool;
    private final SwitchFence fence;
    private final SwitchPoolers poolers;
    private final HeldClients clients;
    private final FormerOwnerSessions formerOwner;
    private final LinkBarrier barrier;
    private final Stillness stillness = new Stillness();
    private final Map<String, String> evidence = new ConcurrentHashMap<>();

    Switch(Project project, Side from, Ports ports) {
        this.project = project;
        this.from = from;
        this.ports = ports;
        this.pool = new SessionPool(ports, project, PostgresSessions.SHORT);
        this.fence = new SwitchFence(project, from, ports, pool);
        this.poolers = new SwitchPoolers(project, from, ports.poolers());
        this.formerOwner = new FormerOwnerSessions(project, ports, pool);
        this.barrier =
                new LinkBarrier(ports.servers().helperSchema(), ports.servers().links(), ports.waiting());
        this.clients = new HeldClients(this);
    }

    Project project() {
        return project;
    }

    Side from() {
        return from;
    }

    Side to() {
        return from.other();
    }

    Phase phaseAfter() {
        return to() == Side.TARGET ? Phase.CUT_OVER : Phase.ROLLED_BACK;
    }

    /** The link that feeds {@code to}: name of its publication, slot and subscription. */
    String link(String database) {
        return LinkNames.link(project.slug(), database, from.outbound());
    }

    /** The link that will feed {@code from} afterwards: the way back. */
    String wayBack(String database) {
        return LinkNames.link(project.slug(), database, from.outbound().opposite());
    }

    List<String> databases() {
        return project.databases();
    }

    /** “shop” or “shop and billing”. */
    String databasesInWords() {
        return String.join(" and ", project.databases());
    }

    String poolersInWords() {
        return project.poolers().stream().map(PoolerAddress::name).collect(Collectors.joining(" and "));
    }

    Ports ports() {
        return ports;
    }

    ServerPorts servers() {
        return ports.servers();
    }

    Records records() {
        return ports.records();
    }

    FanOut fanOut() {
        return ports.fanOut();
    }

    Waiting waiting() {
        return ports.waiting();
    }

    LinkBarrier barrier() {
        return barrier;
    }

    SessionPool pool() {
        return pool;
    }

    SwitchFence fence() {
        return fence;
    }

    SwitchPoolers poolers() {
        return poolers;
    }

    HeldClients clients() {
        return clients;
    }

    PauseWatch watch() {
        return clients.watch();
    }

    FormerOwnerSessions formerOwner() {
        return formerOwner;
    }

    Stillness stillness() {
        return stillness;
    }

    Map<String, String> evidence() {
        return evidence;
    }

    /** The session that steps work with on the side that is left. */
    PostgresSession onFrom(String database) {
        return pool.work(from, database);
    }

    /** The session that steps work with on the side that is entered. */
    PostgresSession onTo(String database) {
        return pool.work(to(), database);
    }

    /** Opens everything that the window needs. */
    void openAll() {
        poolers.fleet();
        fanOut().forEach(databases(), database -> {
            for (Side side : Side.values()) {
                for (Role role : Role.values()) {
                    pool.session(side, database, role).keepPlans(); // which is an answer, too
                }
            }
        });
    }

    /** Every statement of the window ends with the pause budget, at the latest. */
    void limitStatements(Duration limit) {
        fanOut().forEach(databases(), database -> {
            for (Side side : Side.values()) {
                for (Role role : EnumSet.complementOf(EnumSet.of(Role.WATCH))) {
                    pool.session(side, database, role).limitStatements(limit);
                }
            }
        });
    }

    @Override
    public void close() {
        clients.close();
        poolers.close();
        pool.close();
    }
}
