/** The schema's way from one side to the other, and where the two differ. */
@NullMarked
@NamedInterface("schema")
package dev.upshift.postgres.schema;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
