package dev.upshift.postgres.role;

import dev.upshift.postgres.session.PostgresSession;
import java.util.List;

/**
 * What a role may use of that with which a pooler looks passwords up ({@code auth_query}). Nothing of it is run: a
 * function that somebody named there would run with our rights.
 */
public interface PasswordLookups {

    /**
     * What the role may and may not, in the session's database; one statement. Relations and functions that do not exist
     * there are missing in the answer, and so is everything if there is no such role. Of a function that reads passwords,
     * what counts is also whether whoever it runs as may read them.
     */
    List<Right> rights(PostgresSession session, String role, List<Used> used);

    /**
     * A relation or function that a query names.
     *
     * @param schema empty where the query names none
     */
    record Used(String schema, String name, boolean function) {}

    /**
     * @param used which of those asked for it belongs to, counted from 1
     * @param way tells alike rights of two sides: the role itself, or the function through which another role reads
     * @param role who needs it, as an identifier; the owner of a function may be another one on the other side
     * @param privilege such as {@code SELECT}
     * @param object as a statement names it, such as {@code TABLE pg_catalog.pg_authid}
     * @param column an identifier; empty where it is about the whole object
     */
    record Right(int used, String way, String role, String privilege, String object, String column, boolean granted) {}
}
