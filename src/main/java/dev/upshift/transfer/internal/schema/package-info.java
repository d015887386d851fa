/** Copies roles and schema. */
@NullMarked
package dev.upshift.transfer.internal.schema;

import org.jspecify.annotations.NullMarked;
