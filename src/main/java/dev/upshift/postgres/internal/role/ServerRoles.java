package dev.upshift.postgres.internal.role;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.Duty;
import dev.upshift.postgres.role.Roles.Lack;
import dev.upshift.postgres.role.Roles.Rights;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.postgres.session.PostgresSession;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the catalogue of roles. */
@Component
class ServerRoles implements Roles {

    private static final String PRIVILEGES = SqlResource.read(ServerRoles.class, "privileges.sql");
    private static final String LOGIN_ROLES = SqlResource.read(ServerRoles.class, "login-roles.sql");
    private static final String RIGHTS = SqlResource.read(ServerRoles.class, "rights.sql");
    private static final String WHICH = "/* which */";
    private static final String OTHERS = "r.oid <> 10 and r.rolname !~ '^pg_' and r.rolname <> current_user";
    private static final String NAMED = "r.rolname = any (:names)";
    private static final String VERIFIERS = "/* verifiers */ null::text";
    private static final String ALL_VERIFIERS =
            "(select string_agg(pg_catalog.format('%s %s', a.oid, a.rolpassword), ',' order by a.oid)"
                    + " from pg_catalog.pg_authid as a)";
    private static final String VERIFIER = "/* verifier */";
    private static final String AUTHID = "/* authid */";

    @Override
    public List<Lack> lacks(PostgresSession session, Set<Duty> duties, String link) {
        return session.jdbc()
                .sql(PRIVILEGES)
                .param("duties", duties.stream().map(Duty::name).toArray(String[]::new))
                .param("link", link)
                .query((row, number) -> new Lack(row.getString("what"), row.getString("remedy")))
                .list();
    }

    @Override
    public SignInRoles signIn(PostgresSession session) {
        return signIn(session, OTHERS, List.of());
    }

    @Override
    public SignInRoles named(PostgresSession session, Collection<String> names) {
        return signIn(session, NAMED, names);
    }

    private static SignInRoles signIn(PostgresSession session, String which, Collection<String> names) {
        boolean readable = mayReadVerifiers(session);
        String query = readable
                ? LOGIN_ROLES
                        .replace(VERIFIER, "pg_catalog.md5(a.rolpassword)")
                        .replace(AUTHID, "left join pg_catalog.pg_authid as a on a.oid = r.oid")
                : LOGIN_ROLES.replace(VERIFIER, "null::text").replace(AUTHID, "");
        Map<String, SignInRole> roles = new LinkedHashMap<>();
        session.jdbc()
                .sql(query.replace(WHICH, which))
                .params(which.equals(NAMED) ? Map.of("names", names.toArray(String[]::new)) : Map.of())
                .query(row -> {
                    roles.put(row.getString("name"), role(row));
                });
        return new SignInRoles(readable, roles);
    }

    @Override
    public Rights rights(PostgresSession session, String link) {
        boolean readable = mayReadVerifiers(session);
        return new Rights(readable, digest(session, link, readable));
    }

    @Override
    public boolean areStill(PostgresSession session, String link, Rights before) {
        return before.digest().equals(digest(session, link, before.withVerifiers()));
    }

    private static String digest(PostgresSession session, String link, boolean withVerifiers) {
        return session.jdbc()
                .sql(withVerifiers ? RIGHTS.replace(VERIFIERS, ALL_VERIFIERS) : RIGHTS)
                .param("link", link)
                .query(String.class)
                .single();
    }

    private static boolean mayReadVerifiers(PostgresSession session) {
        return session.jdbc()
                .sql("select has_table_privilege('pg_catalog.pg_authid', 'select')")
                .query(Boolean.class)
                .single();
    }

    private static SignInRole role(ResultSet row) throws SQLException {
        return new SignInRole(
                row.getBoolean("may_login"),
                row.getBoolean("expired"),
                row.getInt("connection_limit"),
                row.getBoolean("may_connect"),
                row.getString("verifier"),
                texts(row, "settings"),
                texts(row, "memberships"),
                texts(row, "attributes"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
