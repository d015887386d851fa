package dev.upshift.switchover.internal.check.role;

import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.shared.Names;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who can sign in to a database on the side that is left and could not on the other one, or would be somebody else there.
 *
 * @param entered the other side
 * @param fenced whether it is fenced, so that a person who changes a role there has to ask for it
 */
record RoleComparison(String database, SignInRoles left, SignInRoles other, Side entered, boolean fenced) {

    /** One for each kind of obstacle; empty when nobody is locked out. */
    List<Finding> lockedOut() {
        Map<Obstacle, List<String>> byObstacle = new TreeMap<>(Comparator.comparing(Obstacle::what));
        left.roles().forEach((name, role) -> {
            Obstacle obstacle = role.mayLogin() && !role.expired() && role.mayConnect()
                    ? obstacle(role, other.roles().get(name))
                    : null;
            if (obstacle != null) {
                byObstacle.computeIfAbsent(obstacle, key -> new ArrayList<>()).add(name);
            }
        });
        List<Finding> findings = new ArrayList<>();
        byObstacle.forEach((obstacle, names) -> findings.add(new Finding(
                Place.on(entered, database),
                names,
                "%s: %s.".formatted(obstacle.what(), Names.some(names)),
                FencedStatements.one(fenced, obstacle.remedy()))));
        if (!left.verifiersReadable() || !other.verifiersReadable()) {
            findings.add(new Finding(
                    Place.on(entered, database),
                    List.of(),
                    "passwords were not compared, because our role may not read pg_authid on both sides.",
                    "Try the application's own logins there, or let our role read it on both sides."));
        }
        return findings;
    }

    private @Nullable Obstacle obstacle(SignInRole here, @Nullable SignInRole there) {
        if (there == null) {
            return new Obstacle("these roles are missing", "CREATE ROLE …, with the verifier of the other side.");
        }
        if (!there.mayLogin()) {
            return new Obstacle("these roles may not sign in", "ALTER ROLE … LOGIN.");
        }
        if (there.expired()) {
            return new Obstacle("the passwords of these roles have expired", "ALTER ROLE … VALID UNTIL ….");
        }
        if (there.connectionLimit() >= 0
                && (here.connectionLimit() < 0 || there.connectionLimit() < here.connectionLimit())) {
            return new Obstacle(
                    there.connectionLimit() == 0
                            ? "these roles are limited to no connection"
                            : "these roles are limited to fewer connections",
                    "ALTER ROLE … CONNECTION LIMIT ….");
        }
        if (!there.mayConnect()) {
            return new Obstacle("these roles may not connect to the database", "GRANT CONNECT ON DATABASE … TO ….");
        }
        boolean comparable = left.verifiersReadable() && other.verifiersReadable();
        if (comparable && here.verifier() != null && !here.verifier().equals(there.verifier())) {
            return new Obstacle(
                    there.verifier() == null
                            ? "these roles have no password"
                            : "these roles have another password verifier, so passwords that poolers pass on may be refused",
                    "ALTER ROLE … PASSWORD …, with the verifier of the other side.");
        }
        return null;
    }

    /** @param what is the matter with roles, to be followed by their names */
    private record Obstacle(String what, String remedy) {}
}
