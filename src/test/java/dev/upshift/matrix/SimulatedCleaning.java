package dev.upshift.matrix;

import dev.upshift.postgres.catalog.Statistics;
import dev.upshift.postgres.schema.TargetCleaning;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;

final class SimulatedCleaning implements TargetCleaning, Statistics {

    @Override
    public void dropRoles(PostgresSession session, List<String> roles) {
        roles.forEach(((Session) session).server.roles::remove);
    }

    @Override
    public void dropDatabase(PostgresSession session, String database) {
        ((Session) session).server.databases.remove(database);
    }

    @Override
    public void truncate(PostgresSession session, List<TableName> tables) {
        tables.forEach(table -> ((Session) session).db().tables.get(table).clear());
    }

    @Override
    public List<TableName> tablesWithRows(PostgresSession session) {
        return ((Session) session)
                .db().tables.entrySet().stream()
                        .filter(table -> !table.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
    }

    @Override
    public void analyze(PostgresSession session) {
        ((Session) session).db().analyzed = true;
    }
}
