package dev.upshift.postgres.schema;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.TableName;
import java.util.List;

/** Takes back what a copy put on the target; what is gone already is no error. */
public interface TargetCleaning extends Port {

    void dropRoles(PostgresSession session, List<String> roles);

    /** Drops a database, ending the sessions in it; the session must be in another one. */
    void dropDatabase(PostgresSession session, String database);

    /** Empties the tables, all or none. */
    void truncate(PostgresSession session, List<TableName> tables);

    /** The tables of the database that hold at least one row, partitions included. */
    @Looks
    List<TableName> tablesWithRows(PostgresSession session);
}
