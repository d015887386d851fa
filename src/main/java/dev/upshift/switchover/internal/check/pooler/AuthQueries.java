package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.CheckResult.NotApplicable;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.role.PasswordLookups;
import dev.upshift.postgres.role.PasswordLookups.Right;
import dev.upshift.postgres.role.PasswordLookups.Used;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.project.Acceptance;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The poolers can look passwords up on the side that is entered as they do on the one that is left. Where they cannot,
 * nobody who is not in {@code auth_file} can sign in any more, while those who are there stay, and our own users may be in
 * that file. What is proven to be lacking is accepted by nobody; what cannot be told may be.
 */
record AuthQueries(SeenPoolers poolers, PasswordLookups lookups) implements PoolerCheck {

    @Override
    public String id() {
        return "pooler-auth-query";
    }

    @Override
    public Optional<Acceptance> acceptance() {
        return Optional.of(Acceptance.APPLICATION_LOGINS);
    }

    @Override
    public String fine(Switch sw) {
        return "Poolers may look up passwords on the %s as on the %s (auth_query)."
                .formatted(sw.to().word(), sw.from().word());
    }

    @Override
    public CheckResult look(Switch sw) {
        List<Lookup> all = poolers.of(sw).stream()
                .flatMap(seen -> Lookup.of(seen.change(), seen.orThrow().config()).stream())
                .sorted(Comparator.comparing(Lookup::database))
                .toList();
        if (all.isEmpty()) {
            return new NotApplicable("No pooler looks up passwords through an entry that moves (auth_query).");
        }
        List<Finding> lacking = new ArrayList<>();
        List<Lookup> untold = new ArrayList<>();
        all.forEach(lookup -> look(sw, lookup, lacking, untold));
        return result(sw, lacking, untold);
    }

    /** Where a login of the application's is named, what it would find is found by the switch. */
    private CheckResult result(Switch sw, List<Finding> lacking, List<Lookup> untold) {
        List<Finding> unproven = untold.stream()
                .filter(lookup -> lookup.pooler().application() == null)
                .map(lookup -> new Finding(
                        Place.on(sw.to(), lookup.database()),
                        List.of(lookup.user()),
                        doubt(lookup),
                        "Name a login of the application for that pooler, one that is not in its auth_file: it is tried on"
                                + " the %s before anybody is held."
                                        .formatted(sw.to().word())))
                .toList();
        if (lacking.isEmpty() && unproven.isEmpty() && !untold.isEmpty()) {
            return new NotApplicable(tried(sw, untold));
        }
        return CheckResult.of(Stream.concat(lacking.stream(), unproven.stream()).toList());
    }

    private String tried(Switch sw, List<Lookup> untold) {
        StringBuilder sentences = new StringBuilder(fine(sw));
        untold.forEach(lookup -> sentences
                .append(' ')
                .append(Place.on(sw.to(), lookup.database()).words())
                .append(": ")
                .append(doubt(lookup))
                .append(" The application's login is tried there before anybody is held."));
        return sentences.toString();
    }

    private static String doubt(Lookup lookup) {
        return "that the auth_query of %s works there as %s is not proven, for it cannot be told what it reads."
                .formatted(lookup.pooler().name(), lookup.user());
    }

    private void look(Switch sw, Lookup lookup, List<Finding> lacking, List<Lookup> untold) {
        if (obstacle(sw, lookup, sw.from()) != null) {
            return; // Nobody can sign in that way now either.
        }
        Lost obstacle = obstacle(sw, lookup, sw.to());
        if (obstacle != null) {
            lacking.add(finding(sw, lookup, obstacle));
            return;
        }
        List<Used> used = AuthQuery.of(lookup.query()).used();
        List<Right> left = lookups.rights(sw.onFrom(lookup.database()), lookup.user(), used);
        List<Right> entered = lookups.rights(sw.onTo(lookup.database()), lookup.user(), used);
        new LookupRights(left, entered, sw.project().isFenced(sw.to()))
                .lost()
                .forEach(lost -> lacking.add(finding(sw, lookup, lost)));
        boolean known = !used.isEmpty()
                && IntStream.rangeClosed(1, used.size())
                        .allMatch(number -> left.stream().anyMatch(right -> right.used() == number));
        if (!known) {
            untold.add(lookup);
        }
    }

    private static Finding finding(Switch sw, Lookup lookup, Lost lost) {
        return new Finding(
                        Place.on(sw.to(), lookup.database()),
                        List.of(lookup.user()),
                        ("%s looks up passwords as %s (auth_user, auth_query), and in this database %s: new logins through it"
                                        + " would fail.")
                                .formatted(lookup.pooler().name(), lookup.user(), lost.what()),
                        lost.remedy())
                .acceptedByNobody();
    }

    private static @Nullable Lost obstacle(Switch sw, Lookup lookup, Side side) {
        String name = FencedStatements.quoted(lookup.user());
        SignInRole role = sw.servers()
                .roles()
                .named(sw.on(side, lookup.database()), Set.of(lookup.user()))
                .roles()
                .get(lookup.user());
        if (role == null) {
            return new Lost(
                    "there is no such role",
                    statement(sw, "CREATE ROLE … LOGIN, with the verifier of the other side."));
        }
        if (!role.mayLogin()) {
            return new Lost("the role may not sign in", statement(sw, "ALTER ROLE %s LOGIN.".formatted(name)));
        }
        if (role.expired()) {
            return new Lost(
                    "the role's password has expired", statement(sw, "ALTER ROLE %s VALID UNTIL ….".formatted(name)));
        }
        return role.mayConnect()
                ? null
                : new Lost(
                        "the role may not connect",
                        statement(
                                sw,
                                "GRANT CONNECT ON DATABASE %s TO %s."
                                        .formatted(FencedStatements.quoted(lookup.database()), name)));
    }

    private static String statement(Switch sw, String statement) {
        return FencedStatements.one(sw.project().isFenced(sw.to()), statement);
    }
}
