package dev.upshift.campaign;

import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The runs as the metadata database has them: looked at there and not by REST, because that costs next to nothing and
 * no control plane has to answer.
 */
final class Runs {

    private static final String PATIENCE_SECONDS = "2";

    private final String url;

    Runs(PostgresCluster metadata, String database) {
        this.url = metadata.url(database);
    }

    /** The number of the newest run, 0 if there is none; throws while the database does not answer. */
    int newest() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("select coalesce(max(number), 0) from run");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Where a run stands; empty while nobody can tell. */
    Optional<State> state(int number) {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("select status, outcome from run where number = ?")) {
            statement.setInt(1, number);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new State(row.getString(1), String.valueOf(row.getString(2))))
                        : Optional.empty();
            }
        } catch (SQLException unanswered) {
            return Optional.empty();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Login.UPSHIFT.user());
        properties.setProperty("password", Login.UPSHIFT.password());
        properties.setProperty("connectTimeout", PATIENCE_SECONDS);
        properties.setProperty("loginTimeout", PATIENCE_SECONDS);
        properties.setProperty("socketTimeout", PATIENCE_SECONDS);
        return DriverManager.getConnection(url, properties);
    }

    /** Status and last sentence of a run. */
    record State(String status, String outcome) {

        private static final Set<String> OVER = Set.of("SUCCEEDED", "ABORTED");

        boolean isOver() {
            return OVER.contains(status);
        }

        boolean isBlocked() {
            return status.equals("BLOCKED");
        }
    }
}
