package dev.upshift.switchover.internal.check.role;

import dev.upshift.check.Check;
import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.check.Moment;
import dev.upshift.check.Place;
import dev.upshift.check.Scope;
import dev.upshift.check.Severity;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Acceptance;
import dev.upshift.switchover.internal.check.pooler.SeenPooler;
import dev.upshift.switchover.internal.check.pooler.SeenPoolers;
import dev.upshift.switchover.internal.route.Switch;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whoever signs in on the side that is left can sign in on the other one, and is the same there. */
public record ApplicationLogins(SeenPoolers poolers) implements Check<Switch> {

    @Override
    public String id() {
        return "application-logins";
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
    public Optional<Acceptance> acceptance() {
        return Optional.of(Acceptance.APPLICATION_LOGINS);
    }

    @Override
    public String fine(Switch sw) {
        return "Whoever may sign in on the %s may sign in on the %s alike, those who come through the poolers now among them."
                .formatted(sw.from().word(), sw.to().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        List<SeenPooler> seen = poolers.of(sw);
        return CheckResult.of(Stream.concat(
                        new SeenUsers(sw, seen).lockedOut().stream(),
                        seen.stream().flatMap(pooler -> unprovable(sw, pooler)))
                .toList());
    }

    /** The proofs sign in as the console's user, who need not be a role of the servers. */
    private static Stream<Finding> unprovable(Switch sw, SeenPooler seen) {
        String user = seen.pooler().client().username();
        boolean known = sw.servers().catalog().mayLogin(sw.onServer(sw.to()), user);
        if (known || forcesUsers(seen)) {
            return Stream.of();
        }
        return Stream.of(new Finding(
                Place.at(seen.pooler().name()),
                List.of(user),
                ("the user %s, who goes through it for us, is no role of the %s, so that nobody can sign in to prove that"
                                + " clients can.")
                        .formatted(user, sw.to().word()),
                "Name a login of the application for it, give its console a user who is a role on both sides, or accept it"
                        + " in the project's settings."));
    }

    /** Whoever the client is, these entries sign in at the server as somebody else. */
    private static boolean forcesUsers(SeenPooler seen) {
        List<DatabaseEntry> moved = seen.orThrow().entries();
        return !moved.isEmpty()
                && moved.stream()
                        .allMatch(entry -> entry.forcedUser() != null
                                && !entry.forcedUser().isEmpty());
    }

    /**
     * Who could not sign in any more.
     *
     * @param named by database, roles that are looked at whoever they are
     * @param role whose sessions it looks with
     */
    public static List<Finding> lockedOut(Switch sw, Map<String, ? extends Collection<String>> named, Role role) {
        return sw
                .fanOut()
                .map(
                        sw.databases(),
                        database -> lockedOut(
                                sw, database, named.containsKey(database) ? named.get(database) : Set.of(), role))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Finding> lockedOut(Switch sw, String database, Collection<String> named, Role role) {
        Roles roles = sw.servers().roles();
        PostgresSession onFrom = sw.pool().session(sw.from(), database, role);
        PostgresSession onTo = sw.pool().session(sw.to(), database, role);
        SignInRoles left = with(named, roles.signIn(onFrom), () -> roles.named(onFrom, named));
        SignInRoles entered = with(named, roles.signIn(onTo), () -> roles.named(onTo, named));
        return new RoleComparison(database, left, entered, sw.to(), sw.project().isFenced(sw.to())).lockedOut();
    }

    private static SignInRoles with(Collection<String> names, SignInRoles usual, Supplier<SignInRoles> named) {
        if (names.isEmpty()) {
            return usual;
        }
        Map<String, SignInRole> all = new LinkedHashMap<>(usual.roles());
        all.putAll(named.get().roles());
        return new SignInRoles(usual.verifiersReadable(), all);
    }
}
