package dev.upshift.postgres.internal.session;

import java.sql.SQLException;
import java.util.Objects;

/** The SQLSTATE that a failure carries (PostgreSQL documentation, appendix "Error Codes"). */
public final class SqlState {

    private SqlState() {}

    /** Five characters, or nothing where the failure did not come from the server. */
    public static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Objects.requireNonNullElse(sql.getSQLState(), "");
            }
        }
        return "";
    }
}
