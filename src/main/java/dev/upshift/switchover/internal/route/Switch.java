package dev.upshift.switchover.internal.route;

import dev.upshift.check.Inspection;
import dev.upshift.check.Memo;
import dev.upshift.engine.Evidence;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.ServerPorts;
import dev.upshift.postgres.link.LinkBarrier;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.records.RaisedFences;
import dev.upshift.records.Records;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * One switch of clients from one side to the other: the route. What its steps share hangs on it: the sessions, the
 * poolers, the hold on clients, the fences. What an interruption must not forget lives in the journal and in
 * {@link RaisedFences}.
 */
public final class Switch implements Inspection, AutoCloseable {

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
    private final Memo memo = new Memo();
    private final AtomicReference<RunFacts> evidence = new AtomicReference<>(RunFacts.NONE);

    public Switch(Project project, Side from, Ports ports) {
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

    @Override
    public Project project() {
        return project;
    }

    public Side from() {
        return from;
    }

    public Side to() {
        return from.other();
    }

    public Phase phaseAfter() {
        return to() == Side.TARGET ? Phase.CUT_OVER : Phase.ROLLED_BACK;
    }

    /** The link that feeds {@code to}: name of its publication, slot and subscription. */
    public String link(String database) {
        return LinkNames.link(project.slug(), database, from.outbound());
    }

    /** The link that will feed {@code from} afterwards: the way back. */
    public String wayBack(String database) {
        return LinkNames.link(project.slug(), database, from.outbound().opposite());
    }

    public List<String> databases() {
        return project.databases();
    }

    /** “shop” or “shop and billing”. */
    public String databasesInWords() {
        return String.join(" and ", project.databases());
    }

    public String poolersInWords() {
        return project.poolers().stream().map(PoolerAddress::name).collect(Collectors.joining(" and "));
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public ServerPorts servers() {
        return ports.servers();
    }

    public Records records() {
        return ports.records();
    }

    public FanOut fanOut() {
        return ports.fanOut();
    }

    public Waiting waiting() {
        return ports.waiting();
    }

    public LinkBarrier barrier() {
        return barrier;
    }

    @Override
    public SessionPool pool() {
        return pool;
    }

    public SwitchFence fence() {
        return fence;
    }

    public SwitchPoolers poolers() {
        return poolers;
    }

    public HeldClients clients() {
        return clients;
    }

    public PauseWatch watch() {
        return clients.watch();
    }

    public FormerOwnerSessions formerOwner() {
        return formerOwner;
    }

    @Override
    public Memo memo() {
        return memo;
    }

    public Stillness stillness() {
        return stillness;
    }

    /** What steps have kept so far for the run's record. */
    public RunFacts evidence() {
        return evidence.get();
    }

    /** Keeps it as evidence, named as in {@link Evidence}, unless the process ends before the run does. */
    public void keep(RunFacts found) {
        evidence.updateAndGet(kept -> kept.and(found));
    }

    /** The session that steps work with on the side that is left. */
    public PostgresSession onFrom(String database) {
        return pool.work(from, database);
    }

    /** The session that steps work with on the side that is entered. */
    public PostgresSession onTo(String database) {
        return pool.work(to(), database);
    }

    /** Opens everything that the window needs. */
    public void openAll() {
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
    public void limitStatements(Duration limit) {
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
