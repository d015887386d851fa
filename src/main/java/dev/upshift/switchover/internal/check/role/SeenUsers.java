package dev.upshift.switchover.internal.check.role;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.shared.Names;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.check.pooler.SeenPooler;
import dev.upshift.switchover.internal.route.Switch;
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
record SeenUsers(Switch sw, List<SeenPooler> poolers) {

    /** Who could not sign in any more, and whom the side that is left does not let in even now. */
    List<Finding> lockedOut() {
        Map<String, Set<String>> users = byDatabase();
        List<Finding> wrong = new ArrayList<>();
        users.forEach((database, names) -> strangers(database, names, wrong));
        wrong.addAll(ApplicationLogins.lockedOut(sw, users, Role.WORK));
        return wrong;
    }

    private void strangers(String database, Set<String> names, List<Finding> wrong) {
        Map<String, SignInRole> known =
                sw.servers().roles().named(sw.onFrom(database), names).roles();
        List<String> strangers = names.stream()
                .filter(name -> !known.containsKey(name)
                        || !known.get(name).mayLogin()
                        || !known.get(name).mayConnect())
                .toList();
        if (!strangers.isEmpty()) {
            wrong.add(
                    new Finding(
                            Place.on(sw.from(), database),
                            strangers,
                            "clients come through the poolers as %s, who may not sign in to the database there."
                                    .formatted(Names.some(strangers)),
                            "Make it a role with LOGIN and CONNECT on both sides, or see to it that nobody comes as that user."));
        }
    }

    private Map<String, Set<String>> byDatabase() {
        Map<String, Set<String>> users = new TreeMap<>();
        poolers.forEach(pooler -> seen(pooler, users));
        return users;
    }

    private void seen(SeenPooler seen, Map<String, Set<String>> users) {
        String ours = seen.pooler().client().username();
        Map<String, String> databases = seen.orThrow().entries().stream()
                .filter(entry -> sw.databases().contains(entry.database()))
                .collect(Collectors.toMap(DatabaseEntry::name, DatabaseEntry::database));
        for (Pool pool : seen.orThrow().pools()) {
            String database = databases.get(pool.database());
            if (database != null && isUsed(pool, seen.pooler()) && !pool.user().equals(ours)) {
                users.computeIfAbsent(database, none -> new TreeSet<>()).add(pool.user());
            }
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
