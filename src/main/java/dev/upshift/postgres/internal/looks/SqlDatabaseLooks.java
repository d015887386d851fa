package dev.upshift.postgres.internal.looks;

import dev.upshift.postgres.DatabaseLooks;
import dev.upshift.postgres.DatabaseLooks.ConnectedClient;
import dev.upshift.postgres.DatabaseLooks.SideReading;
import dev.upshift.postgres.DatabaseLooks.TableCopy;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.shared.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the catalogue and the statistics. */
@Component
class SqlDatabaseLooks implements DatabaseLooks {

    private static final String SIDE_13 = SqlResource.read(SqlDatabaseLooks.class, "side-13.sql");
    private static final String SIDE_15 = SqlResource.read(SqlDatabaseLooks.class, "side-15.sql");
    private static final String TABLES_13 = SqlResource.read(SqlDatabaseLooks.class, "subscribed-tables-13.sql");
    private static final String TABLES_14 = SqlResource.read(SqlDatabaseLooks.class, "subscribed-tables-14.sql");
    private static final String SESSIONS = SqlResource.read(SqlDatabaseLooks.class, "client-sessions.sql");

    @Override
    public SideReading side(PostgresSession session, String outbound, String inbound) {
        return session.jdbc()
                .sql(session.version().isAtLeast(15) ? SIDE_15 : SIDE_13)
                .param("outbound", outbound)
                .param("inbound", inbound)
                .query((row, number) -> SideRow.read(row))
                .single();
    }

    @Override
    public List<TableCopy> copies(PostgresSession session, String inbound) {
        return session.jdbc()
                .sql(session.version().isAtLeast(14) ? TABLES_14 : TABLES_13)
                .param("inbound", inbound)
                .param("helper", HelperSchema.NAME)
                .query((row, number) -> new TableCopy(
                        new TableName(row.getString("schema_name"), row.getString("table_name")),
                        row.getString("letter"),
                        row.getBoolean("worker_running"),
                        SideRow.number(row, "copied_bytes"),
                        SideRow.number(row, "copied_rows")))
                .list();
    }

    @Override
    public Set<ConnectedClient> clients(PostgresSession session) {
        return session.jdbc()
                .sql(SESSIONS)
                .param("ours", PostgresSessions.APPLICATION_NAME)
                .query((row, number) -> new ConnectedClient(
                        row.getInt("pid"),
                        row.getString("started"),
                        row.getString("username"),
                        row.getString("application"),
                        row.getString("address")))
                .set();
    }

    @Override
    public Set<TableName> partitioned(PostgresSession session) {
        return session.jdbc()
                .sql("""
                        select namespace.nspname, class.relname
                          from pg_class as class
                          join pg_namespace as namespace on namespace.oid = class.relnamespace
                         where class.relkind = 'p'""")
                .query((row, number) -> new TableName(row.getString("nspname"), row.getString("relname")))
                .set();
    }

    @Override
    public Set<Integer> processes(PostgresSession session, Collection<String> databases) {
        return Set.copyOf(session.jdbc()
                .sql("select pid from pg_catalog.pg_stat_activity where datname = any (:databases)")
                .param("databases", databases.toArray(String[]::new))
                .query((row, number) -> row.getInt(1))
                .list());
    }
}
