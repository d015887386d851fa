/** Keeps others from writing to a database, and looks at what gets past that. */
@NullMarked
package dev.upshift.postgres.internal.fence;

import org.jspecify.annotations.NullMarked;
