package dev.upshift.postgres.internal.record;

import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.catalog.Catalog.ReplicaTrigger;
import dev.upshift.postgres.catalog.Catalog.RowSecurity;
import dev.upshift.postgres.catalog.Catalog.ServerFacts;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.catalog.Catalog.TransactionFacts;
import dev.upshift.postgres.catalog.NotCarried;
import dev.upshift.postgres.catalog.TableIdentity;
import dev.upshift.postgres.fence.BlockingTransaction;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The catalogue of a server at which nobody is busy: a plan is about what is done once that is so. */
final class RecordingCatalog implements Catalog {

    private final Catalog real;
    private final Set<String> created;

    RecordingCatalog(Catalog real, Set<String> created) {
        this.real = real;
        this.created = created;
    }

    @Override
    public ServerFacts server(PostgresSession session) {
        return real.server(session);
    }

    @Override
    public boolean databaseExists(PostgresSession session, String database) {
        return real.databaseExists(session, database)
                || created.contains(RecordingSession.of(session).placeOf(database));
    }

    @Override
    public boolean mayLogin(PostgresSession session, String role) {
        return real.mayLogin(session, role);
    }

    @Override
    public List<TableFacts> tables(PostgresSession session) {
        return real.tables(session);
    }

    @Override
    public List<TableFacts> sizedTables(PostgresSession session) {
        return real.sizedTables(session);
    }

    @Override
    public int relations(PostgresSession session) {
        return real.relations(session);
    }

    @Override
    public List<TableIdentity> identities(PostgresSession session) {
        return real.identities(session);
    }

    @Override
    public List<RowSecurity> rowSecurity(PostgresSession session) {
        return real.rowSecurity(session);
    }

    @Override
    public List<ReplicaTrigger> replicaTriggers(PostgresSession session) {
        return real.replicaTriggers(session);
    }

    @Override
    public NotCarried notCarried(PostgresSession session) {
        return real.notCarried(session);
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
        return real.seesOtherSessions(session);
    }

    @Override
    public int preparedTransactions(PostgresSession session) {
        return 0;
    }

    @Override
    public Map<String, String> settings(PostgresSession session, List<String> names) {
        return real.settings(session, names);
    }
}
