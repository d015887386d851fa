/** Roles: what ours may do, and what those of the application have on either side. */
@NullMarked
@NamedInterface("role")
package dev.upshift.postgres.role;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
