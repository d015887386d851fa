package dev.upshift.switchover.internal.check.fence;

import java.util.List;
import java.util.stream.Collectors;

/** The setting by which a session may only read, or may write in spite of a fence, and statements that take it back. */
final class ReadOnlySetting {

    static final String NAME = "default_transaction_read_only";

    /** The others are told when these are mended. */
    private static final int SHOWN = 5;

    private ReadOnlySetting() {}

    /** Of the first few of these roles, wherever it may be set for them; with a semicolon each. */
    static String reset(List<String> roles, String database) {
        return roles.stream()
                .limit(SHOWN)
                .map(role -> "ALTER ROLE %1$s RESET %2$s; ALTER ROLE %1$s IN DATABASE %3$s RESET %2$s;"
                        .formatted(quoted(role), NAME, quoted(database)))
                .collect(Collectors.joining(" "));
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
