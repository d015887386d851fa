package dev.upshift.pooler.internal.configuration;

import dev.upshift.pooler.PoolerConfiguration;

/** A line of a configuration that matters for its {@code [databases]} entries. */
sealed interface IniLine {

    /** From 1. */
    int line();

    /**
     * One entry.
     *
     * @param name unquoted; {@code *} is the fallback
     * @param keyStart where the key begins, its quote included
     * @param valueStart where the connection string begins
     * @param target the connection string
     */
    record Entry(String name, int keyStart, int valueStart, ConnectString target, int line) implements IniLine {

        /** PgBouncer's default for an entry without a port (PgBouncer documentation, "port"). */
        private static final String DEFAULT_PORT = "5432";

        int valueEnd() {
            return valueStart + target.toString().length();
        }

        boolean isFallback() {
            return name.equals("*");
        }

        /** Empty for a Unix socket in the default place. */
        String host() {
            return target.value("host").orElse("");
        }

        /** As C's {@code atoi} has it: the digits in front; zero, which no server listens on, without any. */
        int port() {
            String digits = target.value("port").orElse(DEFAULT_PORT).replaceFirst("^\\s*\\+?(\\d{0,9}).*$", "$1");
            return digits.isEmpty() ? 0 : Integer.parseInt(digits);
        }

        String database() {
            return target.value("dbname").orElse(name);
        }

        PoolerConfiguration.Entry asSeen() {
            return new PoolerConfiguration.Entry(name, host(), port(), database(), line, isFallback());
        }
    }

    /** Another file that is read at this place. */
    record Include(String path, int line) implements IniLine {}

    /** A line at which PgBouncer would stop reading. */
    record Unreadable(int line) implements IniLine {}
}
