package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerConsole.Pool;
import dev.upshift.pooler.PoolerConsole.ServerConnection;
import dev.upshift.pooler.PoolerProcess.Peer;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The current row of a {@code SHOW}, read by column name, because PgBouncer's versions differ in their columns. */
final class ShowRow {

    private final ResultSet result;
    private final Map<String, Integer> columns = new HashMap<>();

    ShowRow(ResultSet result) throws SQLException {
        this.result = result;
        ResultSetMetaData metaData = result.getMetaData();
        for (int column = 1; column <= metaData.getColumnCount(); column++) {
            columns.put(metaData.getColumnLabel(column), column);
        }
    }

    DatabaseEntry databaseEntry() throws SQLException {
        return new DatabaseEntry(
                text("name"),
                textOrNull("host"),
                (int) number("port"),
                text("database"),
                textOrNull("force_user"),
                textOrNull("pool_mode"),
                number("paused") != 0,
                number("disabled") != 0,
                (int) number("current_connections"),
                (int) number("min_pool_size"));
    }

    Pool pool() throws SQLException {
        return new Pool(
                text("database"),
                text("user"),
                (int) number("cl_active"),
                (int) number("cl_waiting"),
                (int) number("sv_active"),
                (int) (number("sv_idle") + number("sv_used") + number("sv_tested")),
                (int) number("sv_login"),
                Duration.ofSeconds(number("maxwait")).plus(number("maxwait_us"), ChronoUnit.MICROS),
                text("pool_mode"));
    }

    ServerConnection serverConnection() throws SQLException {
        return new ServerConnection(text("database"), (int) number("port"), (int) number("remote_pid"));
    }

    /** Who a console is to its process, which gives each an address in its memory; empty for any other client. */
    String console() throws SQLException {
        return text("database").equals(JdbcPoolerConsoles.CONSOLE_DATABASE)
                ? "%s %s:%s since %s".formatted(text("ptr"), text("addr"), text("port"), text("connect_time"))
                : "";
    }

    Peer peer() throws SQLException {
        String host = text("host");
        return new Peer((int) number("peer_id"), host.startsWith("/") ? host : host + ":" + text("port"));
    }

    /** Empty where the column or its value is missing. */
    String text(String column) throws SQLException {
        return Objects.requireNonNullElse(textOrNull(column), "");
    }

    private @Nullable String textOrNull(String column) throws SQLException {
        Integer index = columns.get(column);
        return index == null ? null : result.getString(index);
    }

    /** Zero where the column or its value is missing. */
    private long number(String column) throws SQLException {
        String text = text(column);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
