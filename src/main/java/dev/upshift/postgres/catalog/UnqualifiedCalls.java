package dev.upshift.postgres.catalog;

import dev.upshift.postgres.session.PostgresSession;
import java.util.List;

/**
 * Functions that fail when they are called with an empty {@code search_path}, as a restore, a copy and an index build call
 * them: because they call others without their schema.
 */
public interface UnqualifiedCalls {

    /**
     * Those that generated columns, indexes and check constraints of this database call. Judged by their text: to try
     * somebody's function would be to run it with our rights.
     */
    List<UnqualifiedCall> of(PostgresSession session);

    /**
     * @param function with its arguments, as {@code ALTER FUNCTION} takes it
     * @param callee what it calls, with the schema that is missing in its text
     * @param schema that schema, as it is written in statements
     * @param usedBy one of those that use the function
     */
    record UnqualifiedCall(String function, String callee, String schema, String usedBy) {

        /** What is wrong. */
        public String reason() {
            return ("the function %s, which %s uses, calls %s without its schema and fails where search_path is empty, as in"
                            + " a restore, a copy or an index build.")
                    .formatted(function, usedBy, callee);
        }

        /** The statement that mends it. */
        public String remedy() {
            return "ALTER FUNCTION %s SET search_path = pg_catalog, %s;".formatted(function, schema);
        }
    }
}
