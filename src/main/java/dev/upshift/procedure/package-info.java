/** Plans, guards, runs, journals and undoes what the engine can do to a project. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "metadata",
            "project",
            "identity",
            "postgres",
            "pooler",
            "monitoring",
            "check",
            "verification",
            "shared"
        })
package dev.upshift.procedure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
