/** A migration project: its clusters, databases, poolers, settings and phase; secrets encrypted at rest. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity"})
package dev.upshift.project;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
