/** Rows of a table on both sides, to be compared. */
@NullMarked
@NamedInterface("rows")
package dev.upshift.postgres.rows;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
