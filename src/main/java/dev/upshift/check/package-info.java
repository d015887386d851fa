/** Examines clusters and poolers and reports findings; at first the connection tests that a project passes when it is saved. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"project", "postgres", "pooler", "monitoring", "engine", "engine :: procedure", "shared"
        })
package dev.upshift.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
