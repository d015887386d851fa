package dev.upshift.postgres.internal.session;

import dev.upshift.shared.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the subscribing server reaches the publishing one, in libpq's keyword form (PostgreSQL documentation, "Connection
 * Strings"). It holds the password, so it must not be logged; its own text form is empty of it.
 *
 * <p>There is no {@code application_name}: the worker presents itself by the subscription's name, and each worker that
 * copies a table by a name of its own, which tells them apart at the publisher.
 */
public final class ConnectionString {

    private final Endpoint publisher;
    private final String database;

    /** To a database of the publisher. */
    public ConnectionString(Endpoint publisher, String database) {
        this.publisher = publisher;
        this.database = database;
    }

    /** The string with the password in it, which must not be logged. */
    public String reveal() {
        return with(publisher.password().reveal());
    }

    /** The same for people, with dots in the password's place. */
    public String masked() {
        return with(publisher.password().toString());
    }

    private String with(String password) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("host", publisher.host());
        parts.put("port", Integer.toString(publisher.port()));
        parts.put("dbname", database);
        parts.put("user", publisher.username());
        parts.put("password", password);
        parts.put("sslmode", publisher.sslMode().parameter());
        parts.put("connect_timeout", "5");
        // A publisher that vanished is noticed within half a minute.
        parts.put("keepalives", "1");
        parts.put("keepalives_idle", "10");
        parts.put("keepalives_interval", "5");
        parts.put("keepalives_count", "3");
        // Timeouts of the publisher's roles and databases would end the copy of a large table again and again. A policy
        // of
        // row security would leave rows out of it, and now ends it.
        parts.put(
                "options",
                "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c row_security=off");
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + quoted(part.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** The text with every form of the password in it blotted out. */
    String scrub(String text) {
        String password = publisher.password().reveal();
        if (password.isEmpty()) {
            return text;
        }
        String asLiteral = quoted(password).replace("'", "''");
        return text.replace(asLiteral, "''••••''")
                .replace(quoted(password), "'••••'")
                .replace(password, "••••");
    }

    @Override
    public String toString() {
        return publisher.username() + "@" + publisher.address() + "/" + database;
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
