/** Keeps an append-only record of who did what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"project", "engine", "identity", "shared"})
package dev.upshift.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
