package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.postgres.fence.Fence.ClientSession;
import dev.upshift.postgres.fence.UnendableSessions;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Cluster;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Our role may end whoever is connected to the side that is left past the poolers, and to the side that is entered where
 * he may hold former values of a sequence: what it could not end would let the switch fail with clients held. Connections
 * to the side that is left that a pooler holds are closed by its PAUSE.
 */
public final class SessionsEndable implements Check<Switch> {

    private final Function<Switch, List<ServerConnection>> pooled;

    public SessionsEndable() {
        this(sw -> sw.poolers().fleet().servers());
    }

    /** @param pooled what the poolers hold */
    SessionsEndable(Function<Switch, List<ServerConnection>> pooled) {
        this.pooled = pooled;
    }

    @Override
    public String id() {
        return "sessions-endable";
    }

    @Override
    public Severity severity() {
        return Severity.BLOCKER;
    }

    @Override
    public Scope scope() {
        return Scope.BOTH;
    }

    @Override
    public Set<Moment> moments() {
        return EnumSet.of(Moment.PLAN);
    }

    @Override
    public String fine(Switch sw) {
        return "Our role may end every session that clients have on the %s now, and where sequences have a CACHE on the %s."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(findings(sw, Role.WORK));
    }

    /**
     * Who could not be ended.
     *
     * @param role whose sessions look
     */
    public List<Finding> findings(Switch sw, Role role) {
        List<Finding> found = new ArrayList<>(left(sw, role));
        found.addAll(sw.inEveryDatabase(database -> entered(sw, database, role)));
        return found;
    }

    /** Behind a fence of ours nobody hands out a value, and none is ended for it. */
    private static List<Finding> entered(Switch sw, String database, Role role) {
        PostgresSession session = sw.pool().session(sw.to(), database, role);
        if (sw.fence().stands(session, sw.to(), database)) {
            return List.of();
        }
        List<String> cached = sw.servers().sequences().cached(session);
        return cached.isEmpty()
                ? List.of()
                : findings(
                        sw.to(),
                        database,
                        sw.servers().fence().unendable(session),
                        "a session may hold former values of %s (CACHE) and hand them out, and "
                                .formatted(Names.some(cached)));
    }

    private List<Finding> left(Switch sw, Role role) {
        List<Unendable> found = sw.fanOut().map(sw.databases(), database -> unendable(sw, database, role)).stream()
                .filter(one -> !one.sessions().isEmpty())
                .toList();
        if (found.isEmpty()) {
            return List.of();
        }
        Set<Integer> closed = closedByPause(sw);
        return found.stream()
                .flatMap(one ->
                        findings(sw.from(), one.database(), one.sessions().without(closed), "").stream())
                .toList();
    }

    private static Unendable unendable(Switch sw, String database, Role role) {
        return new Unendable(database, sw.servers().fence().unendable(sw.pool().session(sw.from(), database, role)));
    }

    /** @param why what comes before the reason */
    private static List<Finding> findings(Side side, String database, UnendableSessions sessions, String why) {
        return sessions.kinds().stream()
                .map(kind -> new Finding(
                        Place.on(side, database),
                        kind.sessions().stream().map(ClientSession::words).toList(),
                        why + kind.reason(),
                        kind.remedy()))
                .toList();
    }

    /** Other servers' are told apart by their port. */
    private Set<Integer> closedByPause(Switch sw) {
        Cluster left = sw.project().cluster(sw.from());
        return pooled.apply(sw).stream()
                .filter(connection -> connection.port() == left.endpoint().port()
                        || connection.port() == left.peer().port())
                .map(ServerConnection::processId)
                .collect(Collectors.toSet());
    }

    private record Unendable(String database, UnendableSessions sessions) {}
}
