package dev.upshift.postgres.internal.session;

import dev.upshift.shared.PostgresVersion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server settings of every session of ours, sent with the start-up packet so that they cost no round trip and hold
 * from the first statement on. They make answers independent of what the server, the database or the role prefers.
 *
 * <p>None of our commits waits for a standby ({@code synchronous_commit = local}): one that is away would keep a
 * statement of the window in its commit, where it is neither done nor undone, until clients were let go. Nothing that we
 * rely on needs the standby. What a switch has got to is in the metadata database; the barrier is about the disk of the
 * server itself; all else is looked at and repeated; and a server that is promoted in between is another one, without
 * the slots. Clients' own commits wait as they always did, and by position, so for ours that were before as well.
 */
final class SessionSettings {

    /** Nobody may wait behind us for long while we wait for a lock. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    /** Not with the start-up packet, so that {@code pg_settings.reset_val} still tells what others have. */
    private static final String LOCAL = "; set synchronous_commit = local";

    private SessionSettings() {}

    /** The value of the start-up parameter {@code options} (PostgreSQL documentation, "Parameter Interaction via the Shell"). */
    static String options(Duration statementTimeout) {
        return all(statementTimeout).entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "="
                        + setting.getValue().replace("\\", "\\\\").replace(" ", "\\ "))
                .collect(Collectors.joining(" "));
    }

    /**
     * Statements for what is not sent with the start-up packet, most of it because not every version knows it; each begun
     * by a semicolon. Event triggers would run their owners' code
     * on our statements: rows of theirs that replication then meets, or errors that stop us. Where our role may not switch
     * them off, they fire. Before 17 only those that are not ENABLE ALWAYS can be kept from it.
     */
    static String of(PostgresVersion version) {
        StringBuilder settings = new StringBuilder(LOCAL);
        if (version.isAtLeast(14)) {
            settings.append("; set idle_session_timeout = 0");
        }
        if (version.isAtLeast(17)) {
            settings.append("; set transaction_timeout = 0");
        }
        String name = version.isAtLeast(17) ? "event_triggers" : "session_replication_role";
        return settings.append("; select pg_catalog.set_config('%s', '%s', false) where %s"
                        .formatted(name, version.isAtLeast(17) ? "off" : "replica", maySet(name, version)))
                .toString();
    }

    /** From 15 on, the right can be granted to others than superusers. */
    private static String maySet(String name, PostgresVersion version) {
        return "(select rolsuper from pg_catalog.pg_roles where rolname = current_user)"
                + (version.isAtLeast(15)
                        ? " or pg_catalog.has_parameter_privilege(current_user, '" + name + "', 'SET')"
                        : "");
    }

    private static Map<String, String> all(Duration statementTimeout) {
        long statement = statementTimeout.toMillis();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("statement_timeout", Long.toString(statement));
        settings.put("lock_timeout", Long.toString(Math.min(statement, LOCK_TIMEOUT.toMillis())));
        settings.put("idle_in_transaction_session_timeout", "0");
        // A fence makes sessions read-only by default; we still create links and write sentinels behind it.
        settings.put("default_transaction_read_only", "off");
        settings.put("default_transaction_isolation", "read committed");
        settings.put("default_transaction_deferrable", "off");
        // Nothing that a user of the database could have put in the way of a function or an operator.
        settings.put("search_path", "pg_catalog");
        settings.put("standard_conforming_strings", "on");
        // Rows that a policy hides would be missing from a comparison; then rather an error.
        settings.put("row_security", "off");
        // Text output that must be alike on both sides.
        settings.put("IntervalStyle", "postgres");
        settings.put("extra_float_digits", "1");
        settings.put("bytea_output", "hex");
        settings.put("xmloption", "content");
        // Compiling a query over the catalogue takes longer than running it.
        settings.put("jit", "off");
        settings.put("client_min_messages", "warning");
        return settings;
    }
}
