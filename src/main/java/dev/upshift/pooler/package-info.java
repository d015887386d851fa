/** Talks to PgBouncer consoles, singly and as a fleet; reads, renders, compares and activates their configuration. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.upshift.pooler;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
