package dev.upshift.switchover.internal.guard;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.GuardBook;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.postgres.PasswordLookups;
import dev.upshift.postgres.PasswordLookups.Right;
import dev.upshift.postgres.PasswordLookups.Used;
import dev.upshift.postgres.Roles.SignInRole;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the poolers can look passwords up on the side that is entered as they do on the one that is left. Where they
 * cannot, nobody who is not in {@code auth_file} can sign in any more, while those who are there stay, and our own users
 * may be in that file.
 */
final class AuthQueryGuard {

    private static final Duration CONSOLE = Duration.ofSeconds(5);

    private final Switch sw;
    private final PasswordLookups lookups;
    private final PoolerConsoles consoles;

    AuthQueryGuard(Switch sw, PasswordLookups lookups, PoolerConsoles consoles) {
        this.sw = sw;
        this.lookups = lookups;
        this.consoles = consoles;
    }

    void look(GuardBook book) {
        book.judge("pooler-auth-query", this::result);
    }

    /** What is proven to be lacking is accepted by nobody; what cannot be told may be. */
    private GuardResult result() {
        Findings found = new Findings();
        List<Lookup> all = sw.fanOut().map(sw.poolers().changes(), this::ofPooler).stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Lookup::database))
                .toList();
        all.forEach(lookup -> look(lookup, found));
        if (found.lacking.isEmpty() && found.untold.isEmpty()) {
            found.tried.addFirst(
                    all.isEmpty()
                            ? "No pooler looks up passwords through an entry that moves (auth_query)."
                            : "Poolers may look up passwords on the %s as on the %s (auth_query)."
                                    .formatted(sw.to().word(), sw.from().word()));
            return result(true, found.tried);
        }
        if (found.lacking.isEmpty() && sw.project().settings().accepts(Acceptance.APPLICATION_LOGINS)) {
            found.untold.addFirst("Accepted for this project:");
            return result(true, found.untold);
        }
        found.lacking.addAll(found.untold);
        return result(false, found.lacking);
    }

    private static GuardResult result(boolean allowed, List<String> sentences) {
        return new GuardResult("pooler-auth-query", allowed, String.join(" ", sentences));
    }

    private List<Lookup> ofPooler(PoolerChange change) {
        try (PoolerConsole console = consoles.open(change.pooler(), CONSOLE)) {
            return Lookup.of(change, console.config());
        }
    }

    private void look(Lookup lookup, Findings found) {
        String database = lookup.database();
        if (obstacle(lookup, role(lookup, sw.from())) != null) {
            return; // Nobody can sign in that way now either.
        }
        String obstacle = obstacle(lookup, role(lookup, sw.to()));
        if (obstacle != null) {
            found.lacking.add(sentence(lookup, obstacle));
            return;
        }
        List<Used> used = AuthQuery.of(lookup.query()).used();
        List<Right> left = lookups.rights(sw.onFrom(database), lookup.user(), used);
        List<Right> entered = lookups.rights(sw.onTo(database), lookup.user(), used);
        new LookupRights(left, entered, sw.project().isFenced(sw.to()))
                .lost()
                .forEach(lost -> found.lacking.add(sentence(lookup, lost)));
        boolean known = !used.isEmpty()
                && IntStream.rangeClosed(1, used.size())
                        .allMatch(number -> left.stream().anyMatch(right -> right.used() == number));
        if (!known) {
            doubt(lookup, found);
        }
    }

    private void doubt(Lookup lookup, Findings found) {
        String doubt =
                "%s: that the auth_query of %s works on the %s as %s is not proven, for it cannot be told what it reads."
                        .formatted(
                                lookup.database(),
                                lookup.pooler().name(),
                                sw.to().word(),
                                lookup.user());
        if (lookup.pooler().application() == null) {
            found.untold.add(doubt
                    + " Name a login of the application for that pooler, one that is not in its auth_file: it is tried on the "
                    + sw.to().word() + " before anybody is held.");
        } else {
            found.tried.add(doubt + " The application's login is tried there before anybody is held.");
        }
    }

    private String sentence(Lookup lookup, String obstacle) {
        return ("%s: %s looks up passwords as %s (auth_user, auth_query), and on the %s, in this database, %s. New logins"
                        + " through it would fail.")
                .formatted(
                        lookup.database(),
                        lookup.pooler().name(),
                        lookup.user(),
                        sw.to().word(),
                        obstacle);
    }

    private @Nullable SignInRole role(Lookup lookup, Side side) {
        return sw.servers()
                .roles()
                .named(
                        side == sw.from() ? sw.onFrom(lookup.database()) : sw.onTo(lookup.database()),
                        Set.of(lookup.user()))
                .roles()
                .get(lookup.user());
    }

    private static @Nullable String obstacle(Lookup lookup, @Nullable SignInRole role) {
        if (role == null) {
            return "there is no such role (CREATE ROLE … LOGIN, with the verifier of the other side)";
        }
        if (!role.mayLogin()) {
            return "the role may not sign in (ALTER ROLE … LOGIN)";
        }
        if (role.expired()) {
            return "the role's password has expired (ALTER ROLE … VALID UNTIL)";
        }
        return role.mayConnect()
                ? null
                : "the role may not connect (GRANT CONNECT ON DATABASE %s TO %s)"
                        .formatted(lookup.database(), lookup.user());
    }

    private static final class Findings {
        final List<String> lacking = new ArrayList<>();
        final List<String> untold = new ArrayList<>();
        final List<String> tried = new ArrayList<>();
    }
}
