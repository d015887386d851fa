package dev.upshift.switchover.internal.look;

import dev.upshift.postgres.FencedStatements;
import dev.upshift.postgres.Roles.SignInRole;
import dev.upshift.postgres.Roles.SignInRoles;
import dev.upshift.shared.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who can sign in to a database on the side that is left and could not on the other one, or would be somebody else there.
 *
 * @param entered what the other side is called
 * @param fenced whether it is fenced, so that a person who changes a role there has to ask for it
 */
record RoleComparison(String database, SignInRoles left, SignInRoles other, String entered, boolean fenced) {

    /** One sentence for each kind of obstacle, with some of the roles; empty when nobody is locked out. */
    List<String> lockedOut() {
        Map<String, List<String>> byObstacle = new TreeMap<>(Comparator.naturalOrder());
        left.roles().forEach((name, role) -> {
            String obstacle = role.mayLogin() && !role.expired() && role.mayConnect()
                    ? obstacle(role, other.roles().get(name))
                    : null;
            if (obstacle != null) {
                byObstacle.computeIfAbsent(obstacle, key -> new ArrayList<>()).add(name);
            }
        });
        List<String> sentences = new ArrayList<>();
        byObstacle.forEach((obstacle, names) -> sentences.add("%s: on the %s, %s: %s.%s"
                .formatted(database, entered, obstacle, Names.some(names), behindItsFence())));
        if (!left.verifiersReadable() || !other.verifiersReadable()) {
            sentences.add(
                    "%s: passwords were not compared, because our role may not read pg_authid on both sides; try the application's own logins on the %s."
                            .formatted(database, entered));
        }
        return sentences;
    }

    private String behindItsFence() {
        return fenced ? " Begin with " + FencedStatements.one(true, "").strip() : "";
    }

    private @Nullable String obstacle(SignInRole here, @Nullable SignInRole there) {
        if (there == null) {
            return "these roles are missing (CREATE ROLE, with the verifier of the other side)";
        }
        if (!there.mayLogin()) {
            return "these roles may not sign in (ALTER ROLE … LOGIN)";
        }
        if (there.expired()) {
            return "the passwords of these roles have expired (ALTER ROLE … VALID UNTIL)";
        }
        if (there.connectionLimit() >= 0
                && (here.connectionLimit() < 0 || there.connectionLimit() < here.connectionLimit())) {
            return there.connectionLimit() == 0
                    ? "these roles are limited to no connection (ALTER ROLE … CONNECTION LIMIT)"
                    : "these roles are limited to fewer connections (ALTER ROLE … CONNECTION LIMIT)";
        }
        if (!there.mayConnect()) {
            return "these roles may not connect to the database (GRANT CONNECT ON DATABASE)";
        }
        boolean comparable = left.verifiersReadable() && other.verifiersReadable();
        if (comparable && here.verifier() != null && !here.verifier().equals(there.verifier())) {
            return there.verifier() == null
                    ? "these roles have no password (ALTER ROLE … PASSWORD, with the verifier of the other side)"
                    : "these roles have another password verifier, so passwords that poolers pass on may be refused (ALTER ROLE … PASSWORD, with the verifier of the other side)";
        }
        return null;
    }
}
