package dev.upshift.verification.internal;

import dev.upshift.postgres.PostgresSession;
import dev.upshift.shared.TableName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table as the publishing side has it; a row of {@code compared-tables.sql}.
 *
 * @param partitioned then all rows of all its partitions are compared as one
 * @param unlogged then its rows are not replicated
 * @param estimatedRows 0 when never analysed
 * @param columns all, in the order in which rows are written as text
 * @param key columns that identify a row; empty if only the whole row does
 * @param keyTypes SQL types of the key's columns, below all domains; empty text for those that are not PostgreSQL's own
 */
record ComparedTable(
        TableName name,
        boolean partitioned,
        boolean unlogged,
        long estimatedRows,
        List<String> columns,
        List<String> key,
        List<String> keyTypes) {

    /** All of a database, by one statement, ordered by name. */
    static List<ComparedTable> of(PostgresSession session) {
        return session.jdbc()
                .sql(SqlFile.read("compared-tables"))
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

    boolean hasKey() {
        return !key.isEmpty();
    }

    /** Whether values of this column of the key may be compared as what they are: no user can have defined how. */
    boolean isIndexed(int column) {
        return !keyTypes.get(column).isEmpty();
    }

    /** The columns of the key that are compared as what they are. */
    List<String> indexed() {
        return IntStream.range(0, key.size())
                .filter(this::isIndexed)
                .mapToObj(key::get)
                .toList();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
