package dev.upshift.matrix;

import dev.upshift.matrix.Transaction.Kind;
import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ReplicaTrigger;
import dev.upshift.postgres.catalog.Catalog.RowSecurity;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.catalog.Catalog.TransactionFacts;
import dev.upshift.postgres.catalog.NotCarried;
import dev.upshift.postgres.catalog.TableIdentity;
import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import java.util.Map;

final class SimulatedCatalog implements Catalog {

    @Override
    public ServerFacts server(PostgresSession session) {
        Server server = ((Session) session).server;
        return new ServerFacts(
                session.version(), server.systemIdentifier(), false, "logical", "upshift", true, true, 9, 9);
    }

    @Override
    public boolean databaseExists(PostgresSession session, String database) {
        return ((Session) session).server.databases.containsKey(database);
    }

    @Override
    public int relations(PostgresSession session) {
        return tables(session).size();
    }

    @Override
    public List<TableFacts> sizedTables(PostgresSession session) {
        return tables(session);
    }

    @Override
    public boolean mayLogin(PostgresSession session, String role) {
        return true;
    }

    @Override
    public List<TableFacts> tables(PostgresSession session) {
        return ((Session) session)
                .db().tables.entrySet().stream()
                        .filter(table -> !table.getKey().schema().equals(HelperSchema.NAME))
                        .map(table -> new TableFacts(
                                table.getKey(),
                                TableFacts.Kind.ORDINARY,
                                false,
                                table.getValue().size(),
                                0,
                                TableFacts.ReplicaIdentity.PRIMARY_KEY))
                        .toList();
    }

    @Override
    public List<TableIdentity> identities(PostgresSession session) {
        return List.of();
    }

    @Override
    public List<RowSecurity> rowSecurity(PostgresSession session) {
        return List.of();
    }

    @Override
    public List<ReplicaTrigger> replicaTriggers(PostgresSession session) {
        return ((Session) session)
                .db().replicaTriggers.stream()
                        .map(name -> new ReplicaTrigger(name, true, "ENABLE it"))
                        .toList();
    }

    @Override
    public NotCarried notCarried(PostgresSession session) {
        return new NotCarried(List.of());
    }

    @Override
    public List<TransactionFacts> openTransactions(PostgresSession session) {
        return List.of();
    }

    @Override
    public List<BlockingTransaction> writingTransactions(PostgresSession session) {
        return List.of();
    }

    @Override
    public boolean seesOtherSessions(PostgresSession session) {
        return true;
    }

    @Override
    public int preparedTransactions(PostgresSession session) {
        return (int) ((Session) session)
                .db().open.stream()
                        .filter(transaction -> transaction.kind() == Kind.PREPARED)
                        .count();
    }

    @Override
    public Map<String, String> settings(PostgresSession session, List<String> names) {
        throw new UnsupportedOperationException();
    }
}
