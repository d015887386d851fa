package dev.upshift.verification.internal;

import dev.upshift.postgres.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;

/** A table on a real server. */
final class SessionTableSide implements TableSide {

    private final PostgresSession session;
    private final TableStatements statements;
    private final JsonMapper json;

    SessionTableSide(PostgresSession session, ComparedTable table, JsonMapper json) {
        this.session = session;
        this.statements = new TableStatements(table, session);
        this.json = json;
    }

    @Override
    public Totals totals() {
        return session.jdbc()
                .sql(statements.totals())
                .query((row, number) -> totals(row))
                .single();
    }

    @Override
    public Map<Integer, Totals> buckets(int buckets) {
        Map<Integer, Totals> found = new HashMap<>();
        session.jdbc()
                .sql(statements.buckets())
                .param("mask", (long) buckets - 1)
                .query(row -> {
                    found.put(row.getInt("bucket"), totals(row));
                });
        return found;
    }

    @Override
    public Map<RowKey, RowState> rowsIn(Collection<Integer> some, int buckets) {
        return rows(session.jdbc()
                .sql(statements.rowsIn())
                .param("mask", (long) buckets - 1)
                .param("some", some.stream().map(String::valueOf).collect(Collectors.joining(","))));
    }

    @Override
    public Map<RowKey, RowState> rows(Collection<RowKey> keys) {
        return rows(session.jdbc()
                .sql(statements.rowsByKey())
                .param(
                        "keys",
                        json.writeValueAsString(
                                keys.stream().map(RowKey::values).toList())));
    }

    private static Map<RowKey, RowState> rows(StatementSpec statement) {
        Map<RowKey, RowState> found = new HashMap<>();
        statement.query(row -> {
            found.put(
                    new RowKey(List.of((String[]) row.getArray("key").getArray())),
                    new RowState(row.getString("content"), row.getString("version")));
        });
        return found;
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(row.getLong("rows"), row.getString("hash"));
    }
}
