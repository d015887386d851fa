/** Talks to foreign PostgreSQL servers: short sessions with hard timeouts, typed catalogue reads, links, sequences, fence, barrier, schema copy. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.upshift.postgres;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
