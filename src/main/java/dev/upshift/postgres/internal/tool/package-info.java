/** Finds and runs the client programs of PostgreSQL: pg_dump and pg_restore. */
@NullMarked
package dev.upshift.postgres.internal.tool;

import org.jspecify.annotations.NullMarked;
