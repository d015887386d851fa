package dev.upshift.postgres.internal.catalog;

import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ReplicaTrigger;
import dev.upshift.postgres.catalog.Catalog.RowSecurity;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.catalog.Catalog.TableFacts.Kind;
import dev.upshift.postgres.catalog.Catalog.TableFacts.ReplicaIdentity;
import dev.upshift.postgres.catalog.Catalog.TransactionFacts;
import dev.upshift.postgres.catalog.NotCarried;
import dev.upshift.postgres.catalog.TableIdentity;
import dev.upshift.postgres.catalog.TableIdentity.IndexState;
import dev.upshift.postgres.catalog.TableIdentity.Setting;
import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the catalogue with the statements beside this class; they run unchanged on 13 to 18. */
@Component
class ServerCatalog implements Catalog {

    private static final String SERVER = SqlResource.read(ServerCatalog.class, "server.sql");
    private static final String TABLES = SqlResource.read(ServerCatalog.class, "tables.sql");
    private static final String RELATIONS = SqlResource.read(ServerCatalog.class, "relations.sql");
    private static final String IDENTITIES = SqlResource.read(ServerCatalog.class, "identities.sql");
    private static final String NOT_CARRIED = SqlResource.read(ServerCatalog.class, "not-carried.sql");
    private static final String ROW_SECURITY = SqlResource.read(ServerCatalog.class, "row-security.sql");
    private static final String REPLICA_TRIGGERS = SqlResource.read(ServerCatalog.class, "replica-triggers.sql");
    private static final String OPEN_TRANSACTIONS = SqlResource.read(ServerCatalog.class, "open-transactions.sql");

    @Override
    public ServerFacts server(PostgresSession session) {
        return session.jdbc()
                .sql(SERVER)
                .query((row, number) -> new ServerFacts(
                        session.version(),
                        row.getLong("system_identifier"),
                        row.getBoolean("in_recovery"),
                        row.getString("wal_level"),
                        row.getString("user"),
                        row.getBoolean("superuser"),
                        row.getBoolean("may_replicate"),
                        row.getInt("free_slots"),
                        row.getInt("free_senders")))
                .single();
    }

    @Override
    public boolean seesOtherSessions(PostgresSession session) {
        return session.jdbc()
                .sql("select pg_has_role('pg_read_all_stats', 'usage')") // true for superusers
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean databaseExists(PostgresSession session, String database) {
        return session.jdbc()
                .sql("select exists (select from pg_database where datname = :database)")
                .param("database", database)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean mayLogin(PostgresSession session, String role) {
        return session.jdbc()
                .sql("select exists (select from pg_catalog.pg_roles where rolname = :role and rolcanlogin)")
                .param("role", role)
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<TableFacts> tables(PostgresSession session) {
        return tables(session, false);
    }

    @Override
    public List<TableFacts> sizedTables(PostgresSession session) {
        return tables(session, true);
    }

    @Override
    public int relations(PostgresSession session) {
        return session.jdbc().sql(RELATIONS).query(Integer.class).single();
    }

    private static List<TableFacts> tables(PostgresSession session, boolean sized) {
        return session.jdbc()
                .sql(TABLES)
                .param("sized", sized)
                .query((row, number) -> new TableFacts(
                        new TableName(row.getString("schema"), row.getString("name")),
                        Kind.valueOf(row.getString("kind")),
                        row.getBoolean("unlogged"),
                        row.getLong("estimated_rows"),
                        row.getLong("bytes"),
                        ReplicaIdentity.valueOf(row.getString("identity"))))
                .list();
    }

    @Override
    public List<TableIdentity> identities(PostgresSession session) {
        return session.jdbc()
                .sql(IDENTITIES)
                .query((row, number) -> new TableIdentity(
                        new TableName(row.getString("schema"), row.getString("name")),
                        Setting.valueOf(row.getString("setting")),
                        IndexState.valueOf(row.getString("primary_state")),
                        texts(row, "primary_key"),
                        IndexState.valueOf(row.getString("chosen_state")),
                        texts(row, "chosen"),
                        texts(row, "generated"),
                        texts(row, "without_equality")))
                .list();
    }

    @Override
    public List<RowSecurity> rowSecurity(PostgresSession session) {
        return session.jdbc()
                .sql(ROW_SECURITY)
                .query((row, number) -> new RowSecurity(
                        new TableName(row.getString("schema"), row.getString("name")),
                        row.getString("owner"),
                        row.getBoolean("hides"),
                        row.getBoolean("binds_owner")))
                .list();
    }

    @Override
    public List<ReplicaTrigger> replicaTriggers(PostgresSession session) {
        return session.jdbc()
                .sql(REPLICA_TRIGGERS)
                .query((row, number) ->
                        new ReplicaTrigger(row.getString("name"), row.getBoolean("always"), row.getString("remedy")))
                .list();
    }

    @Override
    public NotCarried notCarried(PostgresSession session) {
        return new NotCarried(session.jdbc()
                .sql(NOT_CARRIED)
                .query((row, number) -> new NotCarried.Item(
                        NotCarried.Kind.valueOf(row.getString("kind")),
                        row.getString("schema"),
                        row.getString("name"),
                        row.getString("extension"),
                        row.getBoolean("exact"),
                        row.getLong("rows"),
                        row.getLong("bytes")))
                .list());
    }

    @Override
    public List<TransactionFacts> openTransactions(PostgresSession session) {
        return session.jdbc()
                .sql(OPEN_TRANSACTIONS)
                .query((row, number) -> transaction(session, row))
                .list();
    }

    @Override
    public List<BlockingTransaction> writingTransactions(PostgresSession session) {
        return WaitedFor.writing(session);
    }

    @Override
    public int preparedTransactions(PostgresSession session) {
        return session.jdbc()
                .sql("select count(*) from pg_prepared_xacts where database = current_database()")
                .query(Integer.class)
                .single();
    }

    @Override
    public Map<String, String> settings(PostgresSession session, List<String> names) {
        Map<String, String> settings = new LinkedHashMap<>();
        session.jdbc()
                .sql("select name, setting from pg_settings where name = any (:names) order by name")
                .param("names", names.toArray(String[]::new))
                .query(row -> {
                    settings.put(row.getString("name"), row.getString("setting"));
                });
        return settings;
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }

    private static TransactionFacts transaction(PostgresSession session, ResultSet row) throws SQLException {
        HiddenSessions.refuse(session, row);
        return new TransactionFacts(
                row.getInt("pid"),
                row.getString("user"),
                row.getString("application"),
                row.getString("client"),
                Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000)),
                row.getBoolean("holds_transaction_id"),
                row.getString("query"));
    }
}
