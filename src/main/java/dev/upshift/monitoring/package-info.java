/** Samples, judges, keeps and publishes the state of replication. */
@NullMarked
@ApplicationModule(allowedDependencies = {"project", "records", "postgres", "postgres :: *", "pooler", "shared"})
package dev.upshift.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
