package dev.upshift.switchover.internal.check.fence;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.switchover.internal.route.Switch;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The side that is entered takes clients, as many as there are, and their writes at once. */
public final class AcceptsWrites implements Check<Switch> {

    @Override
    public String id() {
        return "target-accepts-writes";
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
        return EnumSet.of(Moment.PLAN, Moment.FENCE);
    }

    @Override
    public String fine(Switch sw) {
        return "The %s lets clients in and write.".formatted(sw.to().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        return CheckResult.of(
                Stream.of(refusals(sw, Role.WORK), sw.inEveryDatabase(database -> tooFew(sw, database)), crowded(sw))
                        .flatMap(List::stream)
                        .toList());
    }

    /**
     * Why clients could not write on the side that is entered, or would wait, were its fence lifted.
     *
     * @param role whose sessions look
     */
    public static List<Finding> refusals(Switch sw, Role role) {
        return sw.inEveryDatabase(database -> new EntryRefusals(sw, database, role).findings());
    }

    /** Fewer connections than clients have now on the other side would leave some outside. */
    private static List<Finding> tooFew(Switch sw, String database) {
        Optional<FenceState> before = sw.fence().before(sw.to(), database);
        int limit = before.map(FenceState::connectionLimit)
                .orElseGet(() -> sw.servers().fence().read(sw.onTo(database)).connectionLimit());
        int clients = clients(sw, database);
        return limit > 0 && limit < clients
                ? List.of(new Finding(
                        Place.on(sw.to(), database),
                        List.of(database),
                        "it lets in %d connections, but clients have %d on the %s."
                                .formatted(limit, clients, sw.from().word()),
                        before.isPresent()
                                ? "That is the limit that it had before our fence, and gets back: let fewer clients connect."
                                : "Raise its limit there: ALTER DATABASE %s CONNECTION LIMIT %d;"
                                        .formatted(FencedStatements.quoted(database), clients)))
                : List.of();
    }

    /** The same for the whole server, where our own sessions take room, too. */
    private static List<Finding> crowded(Switch sw) {
        int ours = sw.databases().size() * Role.values().length;
        int room = sw.servers().fence().room(sw.onTo(sw.databases().getFirst())) - ours;
        int clients = sw.databases().stream()
                .mapToInt(database -> clients(sw, database))
                .sum();
        return room < clients
                ? List.of(new Finding(
                        Place.on(sw.to()),
                        List.of("max_connections"),
                        "there is room for %d more sessions besides the %d of the switch, but clients have %d on the %s."
                                .formatted(
                                        Math.max(room, 0),
                                        ours,
                                        clients,
                                        sw.from().word()),
                        "Raise max_connections there (restart), or end sessions there."))
                : List.of();
    }

    private static int clients(Switch sw, String database) {
        return sw.memo()
                .once(
                        new Clients(database),
                        () -> sw.servers()
                                .fence()
                                .behind(sw.onFrom(database))
                                .clients()
                                .size());
    }

    private record Clients(String database) {}
}
