package dev.upshift.postgres.internal.role;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.role.PasswordLookups;
import dev.upshift.postgres.role.PasswordLookups.Right;
import dev.upshift.postgres.role.PasswordLookups.Used;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads privileges from the catalogue. */
@Component
class ServerPasswordLookups implements PasswordLookups {

    private static final String LOOKUP_RIGHTS = SqlResource.read(ServerPasswordLookups.class, "lookup-rights.sql");

    @Override
    public List<Right> rights(PostgresSession session, String role, List<Used> used) {
        return session.jdbc()
                .sql(LOOKUP_RIGHTS)
                .param("role", role)
                .param("schemas", used.stream().map(Used::schema).toArray(String[]::new))
                .param("names", used.stream().map(Used::name).toArray(String[]::new))
                .param(
                        "functions",
                        used.stream()
                                .map(one -> Boolean.toString(one.function()))
                                .toArray(String[]::new))
                .query((row, _) -> new Right(
                        row.getInt("used"),
                        row.getString("way"),
                        row.getString("role"),
                        row.getString("privilege"),
                        row.getString("object"),
                        row.getString("column_name"),
                        row.getBoolean("granted")))
                .list();
    }
}
