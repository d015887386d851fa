package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.UnendableSessions;
import dev.upshift.project.Cluster;
import dev.upshift.shared.Names;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether our role may end whoever is connected to the side that is left past the poolers, and to the side that is
 * entered where he may hold former values of a sequence: what it could not end would let the switch fail with clients
 * held. Said in the plan, and asked again right before they are. Connections to the side that is left that a pooler holds
 * are closed by its PAUSE.
 */
public final class SessionGuards {

    private final Switch sw;
    private final Supplier<List<ServerConnection>> pooled;

    public SessionGuards(Switch sw) {
        this(sw, () -> sw.poolers().fleet().servers());
    }

    /** @param pooled what the poolers hold */
    public SessionGuards(Switch sw, Supplier<List<ServerConnection>> pooled) {
        this.sw = sw;
        this.pooled = pooled;
    }

    void look(GuardBook book) {
        book.look(
                "sessions-endable",
                "Our role may end every session that clients have on the %s now, and where sequences have a CACHE on the %s."
                        .formatted(sw.from().word(), sw.to().word()),
                () -> objections(Role.WORK));
    }

    /** Who could not be ended, in sentences. */
    public List<String> objections(Role role) {
        List<String> objections = new ArrayList<>(left(role));
        sw.fanOut().map(sw.databases(), database -> entered(database, role)).forEach(objections::addAll);
        return objections;
    }

    private List<String> entered(String database, Role role) {
        PostgresSession session = sw.pool().session(sw.to(), database, role);
        List<String> cached = sw.servers().sequences().cached(session);
        return cached.isEmpty()
                ? List.of()
                : sw.servers().fence().unendable(session).sentences().stream()
                        .map(sentence ->
                                "%s: on the %s, where a session may hold former values of %s (CACHE) and hand them out, %s"
                                        .formatted(database, sw.to().word(), Names.some(cached), sentence))
                        .toList();
    }

    private List<String> left(Role role) {
        List<Found> found = sw.fanOut().map(sw.databases(), database -> look(database, role)).stream()
                .filter(one -> !one.unendable().isEmpty())
                .toList();
        if (found.isEmpty()) {
            return List.of();
        }
        Set<Integer> closed = pooled();
        return found.stream()
                .flatMap(one -> one.unendable().without(closed).sentences().stream()
                        .map(sentence -> "%s: on the %s, %s"
                                .formatted(one.database(), sw.from().word(), sentence)))
                .toList();
    }

    private Found look(String database, Role role) {
        return new Found(database, sw.servers().fence().unendable(sw.pool().session(sw.from(), database, role)));
    }

    /** Other servers' are told apart by their port. */
    private Set<Integer> pooled() {
        Cluster left = sw.project().cluster(sw.from());
        return pooled.get().stream()
                .filter(connection -> connection.port() == left.endpoint().port()
                        || connection.port() == left.peer().port())
                .map(ServerConnection::processId)
                .collect(Collectors.toSet());
    }

    private record Found(String database, UnendableSessions unendable) {}
}
