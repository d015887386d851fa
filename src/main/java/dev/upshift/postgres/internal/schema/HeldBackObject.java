package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;

/**
 * An index, constraint, trigger, rule, … of a server; a row of {@code held-back-objects.sql}, which says what the
 * components mean.
 */
record HeldBackObject(
        long catalogue, long oid, String listed, String name, boolean immediate, boolean complete, boolean leftover) {

    /** All of a database, by one statement. */
    static List<HeldBackObject> of(PostgresSession session) {
        return session.jdbc()
                .sql(SqlResource.read(HeldBackObject.class, "held-back-objects.sql"))
                .query((row, number) -> new HeldBackObject(
                        row.getLong("class"),
                        row.getLong("oid"),
                        row.getString("listed"),
                        // Names stand in lists of one object a line.
                        row.getString("name").replaceAll("\\R", " "),
                        row.getBoolean("immediate"),
                        row.getBoolean("complete"),
                        row.getBoolean("leftover")))
                .list();
    }
}
