package dev.upshift.postgres.internal.rows;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.RowKey;
import dev.upshift.postgres.rows.ComparedRows.RowState;
import dev.upshift.postgres.rows.ComparedRows.TableSide;
import dev.upshift.postgres.rows.ComparedRows.Totals;
import dev.upshift.postgres.session.PostgresSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table on a real server. Every look holds the table and asks first whether it still is what the statement was
 * written for: between two looks its owner may have put something else in its place.
 */
final class SessionTableSide implements TableSide {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STILL_A_TABLE = SqlResource.read(SessionTableSide.class, "still-a-table.sql");

    private final PostgresSession session;
    private final ComparedTable table;
    private final TableStatements statements;
    private final long begin;
    private boolean written;

    /** @param begin the {@link #mark} at which the comparison began */
    SessionTableSide(PostgresSession session, ComparedTable table, long begin) {
        this.session = session;
        this.table = table;
        this.begin = begin;
        this.statements = new TableStatements(table, session);
    }

    @Override
    public Totals totals() {
        return holding(
                List.of(),
                () -> session.jdbc()
                        .sql(statements.totals(begin))
                        .query((row, number) -> {
                            written = row.getLong("written") > 0;
                            return totals(row);
                        })
                        .single());
    }

    @Override
    public boolean wasWritten() {
        return written;
    }

    @Override
    public long mark() {
        return mark(session);
    }

    static long mark(PostgresSession session) {
        return session.jdbc().sql(TableStatements.mark()).query(Long.class).single();
    }

    @Override
    public Collection<RowKey> writtenSince(long mark, int most) {
        return holding(
                List.of(),
                () -> session.jdbc()
                        .sql(statements.writtenSince(mark))
                        .param("most", most)
                        .query((row, number) ->
                                key((String[]) row.getArray("key").getArray()))
                        .list());
    }

    @Override
    public Map<Integer, Totals> buckets(int buckets) {
        Map<Integer, Totals> found = new HashMap<>();
        return holding(List.of(), () -> {
            session.jdbc()
                    .sql(statements.buckets())
                    .param("mask", (long) buckets - 1)
                    .query(row -> {
                        found.put(row.getInt("bucket"), totals(row));
                    });
            return found;
        });
    }

    @Override
    public Map<RowKey, RowState> rowsIn(Collection<Integer> some, int buckets) {
        return holding(
                List.of(),
                () -> rows(session.jdbc()
                        .sql(statements.rowsIn())
                        .param("mask", (long) buckets - 1)
                        .param("some", some.stream().map(String::valueOf).collect(Collectors.joining(",")))));
    }

    @Override
    public Map<RowKey, RowState> rows(Collection<RowKey> keys) {
        return holding(
                table.indexed(),
                () -> rows(session.jdbc()
                        .sql(statements.rowsByKey())
                        .param(
                                "keys",
                                JSON.writeValueAsString(
                                        keys.stream().map(RowKey::values).toList()))));
    }

    /** @param indexed columns whose values the statement compares as what they are */
    private <T> T holding(List<String> indexed, Supplier<T> look) {
        return session.inTransaction(() -> {
            session.jdbc().sql(statements.hold()).update();
            boolean same = session.jdbc()
                    .sql(STILL_A_TABLE)
                    .param("schema", table.name().schema())
                    .param("name", table.name().table())
                    .param("columns", indexed.toArray(String[]::new))
                    .query(Boolean.class)
                    .single();
            if (!same) {
                throw new InvalidDataAccessResourceUsageException(
                        "it was altered or replaced while it was compared; run verify again");
            }
            return look.get();
        });
    }

    private Map<RowKey, RowState> rows(StatementSpec statement) {
        Map<RowKey, RowState> found = new HashMap<>();
        statement.query(row -> {
            found.put(
                    key((String[]) row.getArray("key").getArray()),
                    new RowState(row.getString("content"), row.getString("version")));
        });
        return found;
    }

    private RowKey key(String[] written) {
        return new RowKey(
                table.hasKey() ? Stream.of(written).map(RecordText::value).toList() : List.of(written));
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(row.getLong("rows"), row.getString("hash"));
    }
}
