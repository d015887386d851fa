package dev.upshift.switchover.internal.check.fence;

import dev.upshift.postgres.fence.FencedStatements;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The setting by which a session may only read, or may write in spite of a fence, and statements about it. */
final class ReadOnlySetting {

    static final String NAME = "default_transaction_read_only";

    /** The others are told when these are mended. */
    private static final int SHOWN = 5;

    private ReadOnlySetting() {}

    /** Takes back what is set for the role in all databases; with a semicolon. */
    static String reset(String role) {
        return "ALTER ROLE %s RESET %s;".formatted(FencedStatements.quoted(role), NAME);
    }

    /** Takes back what is set for the role in this database alone; with a semicolon. */
    static String reset(String role, String database) {
        return "ALTER ROLE %s IN DATABASE %s RESET %s;"
                .formatted(FencedStatements.quoted(role), FencedStatements.quoted(database), NAME);
    }

    /** The first few statements, to be sent one after the other. */
    static String few(Stream<String> statements) {
        return statements.limit(SHOWN).collect(Collectors.joining(" "));
    }
}
