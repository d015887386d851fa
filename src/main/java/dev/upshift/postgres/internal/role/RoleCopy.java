package dev.upshift.postgres.internal.role;

import dev.upshift.postgres.internal.session.QuietServer;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.schema.SchemaCopy.RoleReport;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates on the target the roles that it lacks. Not with {@code pg_dumpall --roles-only}, which needs a superuser and
 * knows all or nothing. Who granted a membership is not kept: it would have to be granted by that role, in the order
 * of the chain of grants, and matters only to who may take it back.
 */
@Component
public class RoleCopy {

    private final JsonMapper json;

    RoleCopy(JsonMapper json) {
        this.json = json;
    }

    /** Creates the roles that are missing on the target, and says which are different there. */
    public RoleReport copy(PostgresSession source, PostgresSession target) {
        String document = document(source);
        JsonNode roles = json.readTree(document).path("roles");
        Set<String> before = present(target);
        List<String> missing = without(roles, before);
        boolean readable = mayReadVerifiers(source);
        Map<String, String> verifiers = readable ? verifiers(source, missing) : Map.of();
        List<String> different = new RoleDifferences(roles(document), roles(document(target))).of(source, target);
        target.inTransaction(() -> {
            keepOutOfTheLog(target);
            create(target, document);
            setVerifiers(target, verifiers);
            return true;
        });
        return new RoleReport(
                missing,
                roles.valueStream()
                        .map(role -> role.path("name").asString())
                        .filter(before::contains)
                        .toList(),
                roles.valueStream()
                        .filter(role -> role.path("login").asBoolean())
                        .map(role -> role.path("name").asString())
                        .filter(name -> missing.contains(name) && !readable)
                        .toList(),
                different);
    }

    private JsonNode roles(String document) {
        return json.readTree(document);
    }

    /** The names of the roles that a copy would create. */
    public List<String> missing(PostgresSession source, PostgresSession target) {
        return without(json.readTree(document(source)).path("roles"), present(target));
    }

    private static String document(PostgresSession source) {
        return source.jdbc()
                .sql(SqlResource.read(RoleCopy.class, "source-roles.sql"))
                .query(String.class)
                .single();
    }

    private static Set<String> present(PostgresSession target) {
        return Set.copyOf(target.jdbc()
                .sql("select rolname from pg_roles")
                .query(String.class)
                .list());
    }

    private static List<String> without(JsonNode roles, Set<String> before) {
        return roles.valueStream()
                .map(role -> role.path("name").asString())
                .filter(name -> !before.contains(name))
                .toList();
    }

    private static void create(PostgresSession target, String document) {
        List<RoleStatement> statements = target.jdbc()
                .sql(SqlResource.read(RoleCopy.class, "role-statements.sql"))
                .param("document", document)
                .query((row, number) -> new RoleStatement(row.getString("role"), row.getString("statement")))
                .list();
        for (RoleStatement statement : statements) {
            refusingAll(
                    "role " + statement.role(),
                    () -> target.change().sql(statement.statement()).update());
        }
    }

    private void setVerifiers(PostgresSession target, Map<String, String> verifiers) {
        if (verifiers.isEmpty()) {
            return;
        }
        target.change()
                .sql("select set_config('upshift.verifiers', :verifiers, true)")
                .param("verifiers", target.reveal(new Secret(json.writeValueAsString(verifiers))))
                .query()
                .listOfRows();
        refusingAll(
                "the passwords",
                () -> target.change()
                        .sql(SqlResource.read(RoleCopy.class, "set-verifiers.sql"))
                        .update());
    }

    private static void refusingAll(String what, Runnable work) {
        try {
            work.run();
        } catch (DataAccessException refused) {
            throw new SchemaCopyFailed("No role was created on the target, for " + what + " could not be: "
                    + NestedExceptionUtils.getMostSpecificCause(refused).getMessage()
                    + ". Create the roles by hand, or let the target's user be one who may create them.");
        }
    }

    /** Verifiers of passwords have no place in what the server writes down of statements. */
    private static void keepOutOfTheLog(PostgresSession target) {
        target.jdbc().sql(QuietServer.inTransaction(target.version())).query().listOfRows();
    }

    /** Usually only a superuser may. */
    static boolean mayReadVerifiers(PostgresSession session) {
        return session.jdbc()
                .sql("select has_table_privilege('pg_authid', 'select')")
                .query(Boolean.class)
                .single();
    }

    /** By role; one without a password is left out. */
    static Map<String, String> verifiers(PostgresSession source, List<String> roles) {
        if (roles.isEmpty()) {
            return Map.of();
        }
        Map<String, String> verifiers = new HashMap<>();
        source.jdbc()
                .sql("select rolname, rolpassword from pg_authid where rolpassword is not null and rolname in (:roles)")
                .param("roles", roles)
                .query(row -> {
                    verifiers.put(row.getString(1), row.getString(2));
                });
        return verifiers;
    }

    /** @param role whom it is about */
    private record RoleStatement(String role, String statement) {}
}
