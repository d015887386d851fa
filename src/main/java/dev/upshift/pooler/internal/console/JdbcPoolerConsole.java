package dev.upshift.pooler.internal.console;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.shared.PoolerAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A console connection through the PostgreSQL driver. */
final class JdbcPoolerConsole implements PoolerConsole {

    /**
     * Longer than any PAUSE is waited for (PgBouncer's own {@code query_wait_timeout} is 120 s), so that the socket does
     * not end a PAUSE whose fate is still of interest; an end there is, for a host that has vanished.
     */
    private static final Duration PAUSE_LIMIT = Duration.ofMinutes(10);

    private static final Pattern VERSION = Pattern.compile("(\\d+(?:\\.\\d+)*)");
    private static final String NOT_PAUSED = "is not paused";

    private final Connection connection;
    private final String pooler;
    private final Duration deadline;
    private final ConsoleFailure failure;
    private String version = "";

    private JdbcPoolerConsole(Connection connection, String pooler, Duration deadline, ConsoleFailure failure) {
        this.connection = connection;
        this.pooler = pooler;
        this.deadline = deadline;
        this.failure = failure;
    }

    static JdbcPoolerConsole on(
            Connection connection, PoolerAddress pooler, Duration deadline, ConsoleFailure failure) {
        JdbcPoolerConsole console = new JdbcPoolerConsole(connection, pooler.name(), deadline, failure);
        console.version = console.show("SHOW VERSION", row -> row.text("version")).stream()
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElse("");
        return console;
    }

    @Override
    public String pooler() {
        return pooler;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<DatabaseEntry> databases() {
        return show("SHOW DATABASES", ShowRow::databaseEntry).stream()
                .filter(entry -> !entry.name().equals(JdbcPoolerConsoles.CONSOLE_DATABASE))
                .toList();
    }

    @Override
    public List<Pool> pools() {
        return show("SHOW POOLS", ShowRow::pool);
    }

    @Override
    public List<ServerConnection> servers() {
        return show("SHOW SERVERS", ShowRow::serverConnection);
    }

    @Override
    public Map<String, String> config() {
        Map<String, String> config = new LinkedHashMap<>();
        show("SHOW CONFIG", row -> Map.entry(row.text("key"), row.text("value")))
                .forEach(setting -> config.put(setting.getKey(), setting.getValue()));
        return config;
    }

    @Override
    public Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>();
        showIfKnown("SHOW STATE", row -> Map.entry(row.text("key"), row.text("value")))
                .forEach(flag -> state.put(flag.getKey(), flag.getValue()));
        return state;
    }

    @Override
    public Set<String> consoles() {
        return show("SHOW CLIENTS", ShowRow::console).stream()
                .filter(client -> !client.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public PoolerProcess process() {
        Map<String, String> config = config();
        String peerId = config.getOrDefault("peer_id", "0");
        return new PoolerProcess(
                pooler,
                "1".equals(config.get("so_reuseport")),
                Integer.parseInt(peerId),
                config.containsKey("peer_id") ? show("SHOW PEERS", ShowRow::peer) : List.of());
    }

    @Override
    public void pause(String entry) {
        command(ConsoleCommands.pause(entry), PAUSE_LIMIT);
    }

    @Override
    public boolean resume(String entry) {
        try {
            command(ConsoleCommands.resume(entry), deadline);
            return true;
        } catch (CommandRefused e) {
            if (String.valueOf(e.getMessage()).contains(NOT_PAUSED)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void reload() {
        command(ConsoleCommands.RELOAD, deadline);
    }

    @Override
    public void set(String setting, String value) {
        command(ConsoleCommands.set(setting, value), deadline);
    }

    @Override
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // Gone is what was wanted.
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // Gone is what was wanted.
        }
    }

    private void command(String command, Duration limit) {
        try (Statement statement = limited(limit)) {
            statement.execute(command);
        } catch (SQLException e) {
            throw failure.ofCommand(command, e);
        }
    }

    private <T> List<T> show(String command, RowMapping<T> mapping) {
        try (Statement statement = limited(deadline);
                ResultSet result = statement.executeQuery(command)) {
            ShowRow row = new ShowRow(result);
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapping.map(row));
            }
            return rows;
        } catch (SQLException e) {
            throw failure.ofCommand(command, e);
        }
    }

    /** No row from a version that does not know the command. */
    private <T> List<T> showIfKnown(String command, RowMapping<T> mapping) {
        try {
            return show(command, mapping);
        } catch (CommandRefused unknown) {
            return List.of();
        }
    }

    /** The console ignores a statement's own timeout; the socket's holds. */
    private Statement limited(Duration limit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
        return connection.createStatement();
    }

    private interface RowMapping<T> {
        T map(ShowRow row) throws SQLException;
    }
}
