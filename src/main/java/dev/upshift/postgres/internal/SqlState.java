package dev.upshift.postgres.internal;

import java.sql.SQLException;
import java.util.Objects;

/** The SQLSTATE that a failure carries (PostgreSQL documentation, appendix "Error Codes"). */
final class SqlState {

    private SqlState() {}

    /** Five characters, or nothing where the failure did not come from the server. */
    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Objects.requireNonNullElse(sql.getSQLState(), "");
            }
        }
        return "";
    }
}
