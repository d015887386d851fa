/** How rows are read to be compared with those of another server. */
@NullMarked
package dev.upshift.postgres.internal.rows;

import org.jspecify.annotations.NullMarked;
