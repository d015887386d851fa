package dev.upshift.postgres.internal.tool;

import java.nio.file.Path;

/**
 * One installation of PostgreSQL's client programs.
 *
 * @param folder holds {@code pg_dump} and {@code pg_restore}
 * @param major their major version
 */
public record Tools(Path folder, int major) {

    /** The path of {@code pg_dump}. */
    public String pgDump() {
        return folder.resolve("pg_dump").toString();
    }

    /** The path of {@code pg_restore}. */
    public String pgRestore() {
        return folder.resolve("pg_restore").toString();
    }
}
