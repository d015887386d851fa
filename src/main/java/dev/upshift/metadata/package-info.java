/** Brings the control plane's own PostgreSQL: the configured one, or an embedded one under the data directory. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.upshift.metadata;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
