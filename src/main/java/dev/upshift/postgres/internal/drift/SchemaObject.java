package dev.upshift.postgres.internal.drift;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table, column, index, function, … of a database; a row of {@code schema-objects.sql}, which says what the
 * components mean.
 */
public record SchemaObject(
        String kind, String name, @Nullable String parent, String definition) {

    private static final Pattern QUALIFIER = Pattern.compile("(?:\"[^\"]*(?:\"\"[^\"]*)*\"|[\\w$]+)\\.");

    /** What a partition has by itself where partitions have identities (17 and newer). */
    private static final String PARENTS_IDENTITY = "identity of the parent";

    /** All of a database, by one statement. */
    public static List<SchemaObject> of(PostgresSession session, boolean withoutHeldBack) {
        return session.jdbc()
                .sql(SqlResource.read(SchemaObject.class, "schema-objects.sql"))
                .param("without_held_back", withoutHeldBack)
                .query((row, number) -> new SchemaObject(
                        row.getString("kind"),
                        row.getString("name"),
                        row.getString("parent"),
                        row.getString("definition")))
                .list();
    }

    /** Kind and name: what it is found by on the other side. */
    String title() {
        return kind + " " + name;
    }

    /** Whether somebody made it: not what every new database has, and not an extension, which is installed on its own. */
    public boolean isMadeByUsers() {
        return !kind.equals("extension") && !title().equals("schema public");
    }

    /** The definition without what only the server's version decides. */
    List<String> properties() {
        return definition
                .lines()
                .filter(line -> !line.equals(PARENTS_IDENTITY))
                .map(line -> line.startsWith("query ")
                        ? QUALIFIER.matcher(line).replaceAll("").replace("\"", "")
                        : line.replace("\"", ""))
                .toList();
    }
}
