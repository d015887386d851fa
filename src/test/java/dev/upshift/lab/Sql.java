package dev.upshift.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plain SQL for tests: text in, rows of text out. */
final class Sql {

    private Sql() {}

    /** Executes one or more statements. */
    static void execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LabSqlException(sql, e);
        }
    }

    /** The rows of a query, each from column label to value. */
    static List<Map<String, @Nullable String>> rows(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    row.put(columns.getColumnLabel(column), result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new LabSqlException(sql, e);
        }
    }

    /** The first column of every row. */
    static List<@Nullable String> column(Connection connection, String sql) {
        List<@Nullable String> values = new ArrayList<>();
        for (Map<String, @Nullable String> row : rows(connection, sql)) {
            values.add(row.values().iterator().next());
        }
        return values;
    }

    /** The one value that a query answers. */
    static String value(Connection connection, String sql) {
        List<@Nullable String> values = column(connection, sql);
        if (values.size() != 1) {
            throw new IllegalStateException("Expected one row, got " + values.size() + ": " + sql);
        }
        return Objects.requireNonNull(values.getFirst(), sql);
    }

    /** The text of a SQL file among the lab's resources. */
    static String resource(String name) {
        try (InputStream file = Sql.class.getResourceAsStream("/lab/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** A statement of the lab itself failed; a test fails with it. */
    static final class LabSqlException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        LabSqlException(String sql, SQLException cause) {
            super(cause.getMessage() + " [" + cause.getSQLState() + "] in: " + shortened(sql), cause);
        }

        private static String shortened(String sql) {
            return sql.length() <= 500 ? sql : sql.substring(0, 500) + "…";
        }
    }
}
