package dev.upshift.postgres.internal.session;

import dev.upshift.shared.PostgresVersion;

/**
 * Statements that keep a command which holds a secret out of everything that a server writes down for others: its log,
 * {@code pg_stat_activity}, and the extensions that collect statements. Each setting is set where the server has it and
 * our role may: a superuser all; from 15 on others those that were granted to them ({@code GRANT SET ON PARAMETER}).
 */
public final class QuietServer {

    private static final String SETTINGS = """
            (values ('log_statement', 'none'),
                    ('log_min_error_statement', 'panic'),
                    ('log_min_duration_statement', '-1'),
                    ('log_min_duration_sample', '-1'),
                    ('log_statement_sample_rate', '0'),
                    ('log_transaction_sample_rate', '0'),
                    ('log_parameter_max_length', '0'),
                    ('log_parameter_max_length_on_error', '0'),
                    ('debug_print_parse', 'off'),
                    ('debug_print_rewritten', 'off'),
                    ('debug_print_plan', 'off'),
                    ('track_activities', 'off'),
                    ('pg_stat_statements.track', 'none'),
                    ('pg_stat_statements.track_utility', 'off'),
                    ('pgaudit.log', 'none'),
                    ('pgaudit.log_parameter', 'off'),
                    ('auto_explain.log_min_duration', '-1'))""";

    private QuietServer() {}

    /** From now on, for the session. */
    static String begin(PostgresVersion version) {
        return set("q.value", false, version);
    }

    /** As it was before {@link #begin}. */
    static String end(PostgresVersion version) {
        return set("s.reset_val", false, version);
    }

    /** From now on until the transaction ends. */
    public static String inTransaction(PostgresVersion version) {
        return set("q.value", true, version);
    }

    /** In an order in which nothing is asked of the server's settings while they are being changed. */
    private static String set(String value, boolean local, PostgresVersion version) {
        String may = version.isAtLeast(15)
                ? "has_parameter_privilege(s.name, 'SET')"
                : "current_setting('is_superuser') = 'on'";
        return "with settable as materialized (select s.name, " + value + " as value from " + SETTINGS
                + " as q (name, value) join pg_settings as s on s.name = q.name where s.context = 'user' or " + may
                + ") select set_config(name, value, " + local + ") from settable";
    }
}
