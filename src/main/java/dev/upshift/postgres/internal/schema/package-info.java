/** How roles and schema are copied, held-back objects built, and two schemas compared. */
@NullMarked
package dev.upshift.postgres.internal.schema;

import org.jspecify.annotations.NullMarked;
