package dev.upshift.procedure.internal.switching;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.postgres.Roles;
import dev.upshift.postgres.Roles.Duty;
import dev.upshift.postgres.Roles.SignInRoles;
import dev.upshift.procedure.internal.common.GuardBook;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether our role may do on both sides all that a switch does, also past the point of no return; and whether whoever
 * signs in on the side that is left can sign in on the other one.
 */
final class RoleGuards {

    private static final Duration CONSOLE = Duration.ofSeconds(5);

    /** The side that is left becomes the subscriber of the way back. */
    private static final Set<Duty> LEFT = EnumSet.of(Duty.FENCE, Duty.SLOTS, Duty.SUBSCRIBE, Duty.SENTINEL, Duty.LINK);

    private static final Set<Duty> ENTERED = EnumSet.of(Duty.FENCE, Duty.SLOTS, Duty.PUBLISH, Duty.SENTINEL, Duty.LINK);

    private final Switch sw;
    private final Roles roles;
    private final PoolerConsoles consoles;

    RoleGuards(Switch sw, Roles roles, PoolerConsoles consoles) {
        this.sw = sw;
        this.roles = roles;
        this.consoles = consoles;
    }

    void look(GuardBook book) {
        book.look(
                "privileges",
                "Our role may do everything on both sides that the switch needs, also after the point of no return.",
                () -> each(database ->
                        Stream.concat(lacking(sw.from(), database, LEFT), lacking(sw.to(), database, ENTERED))));
        book.look(
                "application-logins",
                "Whoever may sign in on the %s may sign in on the %s alike."
                        .formatted(sw.from().word(), sw.to().word()),
                sw.project().settings().accepts(Acceptance.APPLICATION_LOGINS),
                () -> Stream.concat(each(this::lockedOut).stream(), unprovable().stream())
                        .toList());
    }

    private List<String> each(java.util.function.Function<String, Stream<String>> look) {
        return sw
                .parts()
                .concurrently()
                .map(sw.databases(), database -> look.apply(database).toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private Stream<String> lacking(Side side, String database, Set<Duty> duties) {
        String user = sw.project().cluster(side).endpoint().username();
        return roles.lacks(sw.pool().work(side, database), duties, sw.link(database)).stream()
                .map(lack -> "%s: the role %s may not %s on the %s; %s."
                        .formatted(database, user, lack.what(), side.word(), lack.remedy()));
    }

    private Stream<String> lockedOut(String database) {
        SignInRoles left = roles.signIn(sw.onFrom(database));
        SignInRoles entered = roles.signIn(sw.onTo(database));
        return new RoleComparison(database, left, entered, sw.to().word()).lockedOut().stream();
    }

    /** The proofs sign in as the console's user, who need not be a role of the servers. */
    private List<String> unprovable() {
        return sw.parts().concurrently().map(sw.changes(), this::unprovable).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<String> unprovable(PoolerChange change) {
        PoolerAddress pooler = change.pooler();
        String user = pooler.client().username();
        boolean known = sw.parts().catalog().mayLogin(sw.onTo(sw.databases().getFirst()), user);
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
