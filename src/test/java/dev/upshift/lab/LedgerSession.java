package dev.upshift.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;

/** A client's connection to the shop: the writes that a ledger writer makes, each within a transaction. */
final class LedgerSession implements AutoCloseable {

    private static final int CUSTOMERS = 200;
    private static final int PRODUCTS = 50;

    private final Connection connection;
    private final PreparedStatement placeOrder;
    private final PreparedStatement logEvent;
    private final PreparedStatement amend;
    private final PreparedStatement withdraw;

    LedgerSession(String url, Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("ApplicationName", "ledger writer");
        connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        placeOrder = connection.prepareStatement("select ticket, countdown from shop.\"Place Order\"(?, ?, ?, ?)");
        logEvent = connection.prepareStatement("select ticket, countdown from shop.\"Log Event\"(?, ?, ?)");
        amend = connection.prepareStatement("select shop.\"Amend\"(?, ?, ?)");
        withdraw = connection.prepareStatement("select shop.\"Withdraw\"(?, ?)");
    }

    /** Places an order; the transaction stays open. */
    Drawn placeOrder(int writer, long number) throws SQLException {
        placeOrder.setInt(1, writer);
        placeOrder.setLong(2, number);
        placeOrder.setLong(3, 1 + (number * 31 + writer) % CUSTOMERS);
        placeOrder.setInt(4, (int) (1 + (number + writer) % PRODUCTS));
        return drawn(placeOrder);
    }

    /** Logs an event; the transaction stays open. */
    Drawn logEvent(int writer, long number, boolean badge) throws SQLException {
        logEvent.setInt(1, writer);
        logEvent.setLong(2, number);
        logEvent.setBoolean(3, badge);
        return drawn(logEvent);
    }

    /** Raises the version of an entry and tells how many entries had the known one; the transaction stays open. */
    int amend(int writer, long number, int knownVersion) throws SQLException {
        amend.setInt(1, writer);
        amend.setLong(2, number);
        amend.setInt(3, knownVersion);
        return count(amend);
    }

    /** Deletes an entry and tells how many there were; the transaction stays open. */
    int withdraw(int writer, long number) throws SQLException {
        withdraw.setInt(1, writer);
        withdraw.setLong(2, number);
        return count(withdraw);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Readies the session for another transaction after an error; answers whether it still can be used. */
    boolean recover() {
        try {
            connection.rollback();
            return !connection.isClosed();
        } catch (SQLException broken) {
            return false;
        }
    }

    /** Cuts the connection from another thread. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // that is what was wanted
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // nothing is left to close
        }
    }

    private static Drawn drawn(PreparedStatement call) throws SQLException {
        try (ResultSet result = call.executeQuery()) {
            result.next();
            return new Drawn(result.getLong(1), result.getLong(2));
        }
    }

    private static int count(PreparedStatement call) throws SQLException {
        try (ResultSet result = call.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    /** What the server drew from its sequences for an entry. */
    record Drawn(long ticket, long countdown) {}
}
