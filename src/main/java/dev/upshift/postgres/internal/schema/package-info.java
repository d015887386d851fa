/** Takes an archive of a schema, restores it, and builds afterwards what was held back. */
@NullMarked
package dev.upshift.postgres.internal.schema;

import org.jspecify.annotations.NullMarked;
