package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.postgres.Roles;
import dev.upshift.postgres.Roles.SignInRole;
import dev.upshift.shared.Names;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The users whom clients of the moved databases come through the poolers as, by what the poolers themselves say. Whoever
 * comes is looked up by name, be it a role that is passed over otherwise, such as the one that {@code initdb} made. Those
 * who sign in for us are left out: the switch tries them for real.
 */
final class SeenUsers {

    private static final Duration CONSOLE = Duration.ofSeconds(5);

    private final Switch sw;
    private final Roles roles;
    private final PoolerConsoles consoles;

    SeenUsers(Switch sw, PoolerConsoles consoles) {
        this.sw = sw;
        this.roles = sw.servers().roles();
        this.consoles = consoles;
    }

    /** Who could not sign in any more, and whom the side that is left does not let in even now. */
    List<String> lockedOut() {
        Map<String, Set<String>> users = byDatabase();
        List<String> wrong = new ArrayList<>();
        users.forEach((database, names) -> strangers(database, names, wrong));
        wrong.addAll(new RightsLook(sw).lockedOut(users, Role.WORK));
        return wrong;
    }

    private void strangers(String database, Set<String> names, List<String> wrong) {
        Map<String, SignInRole> known = roles.named(sw.onFrom(database), names).roles();
        List<String> strangers = names.stream()
                .filter(name -> !known.containsKey(name)
                        || !known.get(name).mayLogin()
                        || !known.get(name).mayConnect())
                .toList();
        if (!strangers.isEmpty()) {
            wrong.add(
                    ("%s: clients come through the poolers as %s, who may not sign in to the database on the %s. Make it a role"
                                    + " with LOGIN and CONNECT on both sides, or see to it that nobody comes as that user.")
                            .formatted(
                                    database, Names.some(strangers), sw.from().word()));
        }
    }

    private Map<String, Set<String>> byDatabase() {
        Map<String, Set<String>> users = new TreeMap<>();
        sw.fanOut()
                .map(sw.poolers().changes(), this::seen)
                .forEach(seen -> seen.forEach((database, names) ->
                        users.computeIfAbsent(database, none -> new TreeSet<>()).addAll(names)));
        return users;
    }

    private Map<String, Set<String>> seen(PoolerChange change) {
        String ours = change.pooler().client().username();
        try (PoolerConsole console = consoles.open(change.pooler(), CONSOLE)) {
            Map<String, String> databases = console.databases().stream()
                    .filter(entry -> change.entries().contains(entry.name()))
                    .filter(entry -> sw.databases().contains(entry.database()))
                    .collect(Collectors.toMap(DatabaseEntry::name, DatabaseEntry::database));
            Map<String, Set<String>> users = new TreeMap<>();
            for (Pool pool : console.pools()) {
                String database = databases.get(pool.database());
                if (database != null
                        && isUsed(pool, change.pooler())
                        && !pool.user().equals(ours)) {
                    users.computeIfAbsent(database, none -> new TreeSet<>()).add(pool.user());
                }
            }
            return users;
        }
    }

    /**
     * A pool stays after its last client, also after one whom the server never let in. The console's user leaves one when
     * a switch signs in for want of a login of the application's: he counts while he has clients.
     */
    private static boolean isUsed(Pool pool, PoolerAddress pooler) {
        int clients = pool.clientsActive() + pool.clientsWaiting();
        return pool.user().equals(pooler.console().username())
                ? clients > 0
                : clients + pool.serversActive() + pool.serversReady() > 0;
    }
}
