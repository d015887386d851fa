package dev.upshift.metadata.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Sees to it that a database and an ordinary role that owns it are there: the application is no superuser. */
final class OwnedDatabase {

    private OwnedDatabase() {}

    static void ensure(DataSource superuser, String name, String password) throws SQLException {
        try (Connection connection = superuser.getConnection()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
                run(connection, "select format('create role %I login password %L', ?, ?)", name, password);
            }
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                run(connection, "select format('create database %I owner %I', ?, ?)", name, name);
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Runs a statement that takes no parameters, quoted by the server. */
    private static void run(Connection connection, String format, String first, String second) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(format)) {
            statement.setString(1, first);
            statement.setString(2, second);
            try (ResultSet rows = statement.executeQuery();
                    Statement quoted = connection.createStatement()) {
                rows.next();
                quoted.execute(rows.getString(1));
            }
        }
    }
}
