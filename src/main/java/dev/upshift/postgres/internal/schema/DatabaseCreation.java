package dev.upshift.postgres.internal.schema;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Creates a database like the source's: encoding, locale, owner, connection limit, privileges, comment, and the
 * settings of the database and of roles in it. One that is there already is left as it is.
 */
@Component
class DatabaseCreation {

    boolean createLike(PostgresSession source, PostgresSession maintenance) {
        String database = source.database();
        if (exists(maintenance, database)) {
            return false;
        }
        String document = source.jdbc()
                .sql(SqlResource.read(DatabaseCreation.class, "source-database.sql"))
                .query(String.class)
                .single();
        List<String> statements = maintenance
                .jdbc()
                .sql(SqlResource.read(DatabaseCreation.class, "database-statements.sql"))
                .param("document", document)
                .query((row, number) -> row.getString("statement"))
                .list();
        run(maintenance, database, statements.getFirst());
        try {
            maintenance.inTransaction(() -> {
                statements.stream().skip(1).forEach(statement -> run(maintenance, database, statement));
                return true;
            });
        } catch (SchemaCopyFailed failed) {
            maintenance
                    .change()
                    .sql("drop database " + maintenance.identifier(database))
                    .update();
            throw failed;
        }
        return true;
    }

    private static boolean exists(PostgresSession session, String database) {
        return session.jdbc()
                .sql("select exists (select from pg_database where datname = :database)")
                .param("database", database)
                .query(Boolean.class)
                .single();
    }

    private static void run(PostgresSession session, String database, String statement) {
        try {
            session.change().sql(statement).update();
        } catch (DataAccessException refused) {
            throw new SchemaCopyFailed("Database " + database + " could not be created on the target: "
                    + NestedExceptionUtils.getMostSpecificCause(refused).getMessage() + remedy(refused));
        }
    }

    private static String remedy(DataAccessException refused) {
        String message = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(refused).getMessage());
        if (message.contains("locale") || message.contains("collat")) {
            return ". Install the source's locale on the target's machine, or create the database there by hand with"
                    + " the locale you want.";
        }
        if (message.contains("permission denied")) {
            return ". Give the target's user CREATEDB and membership in the database's owner, or create the database"
                    + " by hand.";
        }
        return "";
    }
}
