package dev.upshift.postgres.internal.role;

import dev.upshift.postgres.session.PostgresSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * How roles that both sides have differ, before they are brought level as far as that is safe. Our own role and the one that {@code initdb} made are nobody's to compare.
 *
 * @param source the document of roles, memberships and settings of the one side
 * @param target likewise of the other
 */
record RoleDifferences(JsonNode source, JsonNode target) {

    private static final List<String> ATTRIBUTES = List.of(
            "superuser",
            "inherit",
            "createrole",
            "createdb",
            "login",
            "replication",
            "bypassrls",
            "connlimit",
            "validuntil");

    /** One text a role, such as “dupe (password, login, settings)”. */
    List<String> of(PostgresSession sourceSession, PostgresSession targetSession) {
        Map<String, JsonNode> here = byName(source);
        Map<String, JsonNode> there = byName(target);
        List<String> both = here.keySet().stream().filter(there::containsKey).toList();
        boolean readable = RoleCopy.mayReadVerifiers(sourceSession) && RoleCopy.mayReadVerifiers(targetSession);
        Map<String, String> passwords = readable ? RoleCopy.verifiers(sourceSession, both) : Map.of();
        Map<String, String> passwordsThere = readable ? RoleCopy.verifiers(targetSession, both) : Map.of();
        String own = targetSession
                .jdbc()
                .sql("select current_user::text")
                .query(String.class)
                .single();
        List<String> all = new ArrayList<>();
        for (String name : both) {
            List<String> parts = new ArrayList<>();
            if (!Objects.equals(passwords.get(name), passwordsThere.get(name))) {
                parts.add("password");
            }
            ATTRIBUTES.stream()
                    .filter(attribute -> !Objects.requireNonNull(here.get(name))
                            .path(attribute)
                            .equals(Objects.requireNonNull(there.get(name)).path(attribute)))
                    .forEach(parts::add);
            if (!related(source, "settings", "role", "setting", name)
                    .equals(related(target, "settings", "role", "setting", name))) {
                parts.add("settings");
            }
            if (!related(source, "memberships", "member", "role", name)
                    .equals(related(target, "memberships", "member", "role", name))) {
                parts.add("memberships");
            }
            if (!parts.isEmpty() && !name.equals(own)) {
                all.add("%s (%s)".formatted(name, String.join(", ", parts)));
            }
        }
        return all;
    }

    private static Map<String, JsonNode> byName(JsonNode document) {
        return document.path("roles")
                .valueStream()
                .collect(Collectors.toMap(
                        role -> role.path("name").asString(), role -> role, (one, same) -> one, TreeMap::new));
    }

    private static TreeSet<String> related(JsonNode document, String list, String key, String value, String name) {
        return document.path(list)
                .valueStream()
                .filter(row -> row.path(key).asString().equals(name))
                .map(row -> row.path(value).asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
