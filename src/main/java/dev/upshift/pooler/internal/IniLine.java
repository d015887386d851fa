package dev.upshift.pooler.internal;

/** A line of a configuration that matters for its {@code [databases]} entries. */
sealed interface IniLine {

    /** From 1. */
    int line();

    /**
     * One entry.
     *
     * @param name unquoted; {@code *} is the fallback
     * @param keyStart where the key begins, its quote included
     * @param keyEnd behind the key, its quote included
     * @param valueStart where the connection string begins
     * @param value the connection string as it stands there
     */
    record Entry(String name, int keyStart, int keyEnd, int valueStart, String value, int line) implements IniLine {

        int valueEnd() {
            return valueStart + value.length();
        }

        boolean isFallback() {
            return name.equals("*");
        }
    }

    /** Another file that is read at this place. */
    record Include(String path, int line) implements IniLine {}

    /** A line at which PgBouncer would stop reading. */
    record Unreadable(int line) implements IniLine {}
}
