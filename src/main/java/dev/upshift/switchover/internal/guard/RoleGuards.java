package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether our role may do on both sides all that a switch does, also past the point of no return; and whether whoever
 * signs in on the side that is left can sign in on the other one.
 */
final class RoleGuards {

    private static final Duration CONSOLE = Duration.ofSeconds(5);

    private final Switch sw;
    private final PoolerConsoles consoles;

    RoleGuards(Switch sw, PoolerConsoles consoles) {
        this.sw = sw;
        this.consoles = consoles;
    }

    void look(GuardBook book) {
        book.look(
                "privileges",
                "Our role may do everything on both sides that the switch needs, also after the point of no return.",
                () -> new RightsLook(sw).lacking(Role.WORK));
        book.look(
                "application-logins",
                "Whoever may sign in on the %s may sign in on the %s alike, those who come through the poolers now among them."
                        .formatted(sw.from().word(), sw.to().word()),
                sw.project().settings().accepts(Acceptance.APPLICATION_LOGINS),
                () -> Stream.concat(new SeenUsers(sw, consoles).lockedOut().stream(), unprovable().stream())
                        .toList());
    }

    /** The proofs sign in as the console's user, who need not be a role of the servers. */
    private List<String> unprovable() {
        return sw.fanOut().map(sw.poolers().changes(), this::unprovable).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<String> unprovable(PoolerChange change) {
        PoolerAddress pooler = change.pooler();
        String user = pooler.client().username();
        boolean known = sw.servers().catalog().mayLogin(sw.onTo(sw.databases().getFirst()), user);
        if (known || forcesUsers(change)) {
            return List.of();
        }
        return List.of(
                ("The user %s, who goes through %s for us, is no role of the %s, so that nobody can sign in through %s to prove"
                                + " that clients can. Name a login of the application for it, give its console a user who is a"
                                + " role on both sides, or accept it in the project's settings.")
                        .formatted(user, pooler.name(), sw.to().word(), pooler.name()));
    }

    /** Whoever the client is, these entries sign in at the server as somebody else. */
    private boolean forcesUsers(PoolerChange change) {
        try (PoolerConsole console = consoles.open(change.pooler(), CONSOLE)) {
            List<DatabaseEntry> moved = console.databases().stream()
                    .filter(entry -> change.entries().contains(entry.name()))
                    .toList();
            return !moved.isEmpty()
                    && moved.stream()
                            .allMatch(entry -> entry.forcedUser() != null
                                    && !entry.forcedUser().isEmpty());
        }
    }
}
