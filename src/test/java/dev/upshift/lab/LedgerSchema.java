package dev.upshift.lab;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The database that the lab migrates: {@code shop}, with a schema of the same name that holds what real schemas hold
 * and what migrations get wrong, and the ledger that the writers write to. See {@code lab/shop.sql}.
 *
 * @param extraSequences how many more sequences there are, in a schema {@code filling}
 * @param bulkRows how many rows its table {@code "Rows"} holds, about 130 bytes each
 */
public record LedgerSchema(int extraSequences, long bulkRows) {

    /** Name of the database, and of the schema in it. */
    public static final String DATABASE = "shop";

    /** The schema without anything more. */
    public static final LedgerSchema PLAIN = new LedgerSchema(0, 0);

    /** Makes the role {@link Login#APP}, the database, and all that is in it. */
    public void create(PostgresCluster cluster) {
        createRole(cluster);
        createDatabase(cluster);
        try (Connection connection = cluster.connect(DATABASE)) {
            Sql.execute(connection, Sql.resource("shop.sql"));
            if (extraSequences > 0 || bulkRows > 0) {
                Sql.execute(connection, Sql.resource("filling.sql").formatted(extraSequences, bulkRows));
            }
            Sql.execute(connection, "vacuum (analyze)");
        } catch (SQLException closing) {
            throw new Sql.LabSqlException("closing", closing);
        }
    }

    /** Removes all rows, so that the initial copy of a replication can bring them. */
    public static void empty(PostgresCluster cluster) {
        cluster.execute(DATABASE, Sql.resource("empty.sql"));
    }

    /** Makes the application's role alone. */
    static void createRole(PostgresCluster cluster) {
        cluster.execute("postgres", "create role app login password '" + Login.APP.kept() + "'");
    }

    /** Makes the database alone, empty. */
    static void createDatabase(PostgresCluster cluster) {
        cluster.execute("postgres", "create database " + DATABASE);
    }
}
