package dev.upshift.postgres.internal.tool;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Endpoint;
import java.util.HashMap;
import java.util.Map;

/** How one of PostgreSQL's client programs is told where to connect: by its environment, which others cannot read. */
public final class ToolConnection {

    private ToolConnection() {}

    /** Server, login and timeouts, for a program that only reads. */
    public static Map<String, String> environment(Endpoint endpoint) {
        return Map.of(
                "PGHOST", endpoint.host(),
                "PGPORT", Integer.toString(endpoint.port()),
                "PGUSER", endpoint.username(),
                "PGPASSWORD", endpoint.password().reveal(),
                "PGSSLMODE", endpoint.sslMode().parameter(),
                "PGGSSENCMODE", "disable",
                "PGCONNECT_TIMEOUT", "10",
                // The fence spares sessions of this name.
                "PGAPPNAME", "upshift",
                // A fenced database is read-only by default; timeouts of the role are not meant for us.
                "PGOPTIONS",
                        "-c default_transaction_read_only=off -c statement_timeout=0 -c lock_timeout=0"
                                + " -c idle_in_transaction_session_timeout=0 -c row_security=off");
    }

    /** The same for a program that changes something: with the event triggers off that are off for our own session. */
    public static Map<String, String> environment(Endpoint endpoint, PostgresSession ours) {
        String silence = ours.jdbc().sql("""
                        select case when current_setting('event_triggers', true) = 'off' then ' -c event_triggers=off'
                                    when current_setting('session_replication_role') = 'replica'
                                        then ' -c session_replication_role=replica'
                                    else '' end""").query(String.class).single();
        Map<String, String> environment = new HashMap<>(environment(endpoint));
        environment.merge("PGOPTIONS", silence, String::concat);
        return Map.copyOf(environment);
    }

    /** The database as an argument: in this form its name cannot be taken for anything else. */
    public static String database(String name) {
        return "--dbname=dbname='" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
