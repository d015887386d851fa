package dev.upshift.postgres.internal.rows;

import dev.upshift.postgres.internal.session.SqlResource;
import dev.upshift.postgres.rows.ComparedRows;
import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.TableSide;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads by SQL that gives the same on every version. */
@Component
class SqlComparedRows implements ComparedRows {

    private static final String TABLES = SqlResource.read(SqlComparedRows.class, "compared-tables.sql");

    /** Beyond what every session of ours has: money is written by locale, floating point by precision. */
    private static final String SAME_TEXT =
            "select set_config('extra_float_digits', '1', false), set_config('lc_monetary', 'C', false)";

    @Override
    public void writeAlike(PostgresSession session) {
        session.jdbc().sql(SAME_TEXT).query().listOfRows();
    }

    @Override
    public List<ComparedTable> tables(PostgresSession session) {
        return session.jdbc()
                .sql(TABLES)
                .query((row, number) -> new ComparedTable(
                        new TableName(row.getString("schema"), row.getString("name")),
                        row.getBoolean("partitioned"),
                        row.getBoolean("unlogged"),
                        row.getLong("estimated_rows"),
                        texts(row, "columns"),
                        texts(row, "key_columns"),
                        texts(row, "key_types")))
                .list();
    }

    @Override
    public long mark(PostgresSession session) {
        return SessionTableSide.mark(session);
    }

    @Override
    public TableSide side(PostgresSession session, ComparedTable table, long begin) {
        return new SessionTableSide(session, table, begin);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
