package dev.upshift.postgres.internal.schema;

import java.nio.file.Path;

/**
 * One installation of PostgreSQL's client programs.
 *
 * @param folder holds {@code pg_dump} and {@code pg_restore}
 * @param major their major version
 */
record Tools(Path folder, int major) {

    String pgDump() {
        return folder.resolve("pg_dump").toString();
    }

    String pgRestore() {
        return folder.resolve("pg_restore").toString();
    }
}
