package dev.upshift.postgres.internal;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.postgres.Roles;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the catalogue of roles. */
@Component
class ServerRoles implements Roles {

    private static final String PRIVILEGES = SqlResource.read("privileges.sql");
    private static final String LOGIN_ROLES = SqlResource.read("login-roles.sql");
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
        boolean readable = session.jdbc()
                .sql("select has_table_privilege('pg_catalog.pg_authid', 'select')")
                .query(Boolean.class)
                .single();
        String query = readable
                ? LOGIN_ROLES
                        .replace(VERIFIER, "pg_catalog.md5(a.rolpassword)")
                        .replace(AUTHID, "left join pg_catalog.pg_authid as a on a.oid = r.oid")
                : LOGIN_ROLES.replace(VERIFIER, "null::text").replace(AUTHID, "");
        Map<String, SignInRole> roles = new LinkedHashMap<>();
        session.jdbc().sql(query).query(row -> {
            roles.put(row.getString("name"), role(row));
        });
        return new SignInRoles(readable, roles);
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
