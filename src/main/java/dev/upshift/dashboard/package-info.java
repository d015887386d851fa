/** Overview, page frame, live updates and error pages over all other modules. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "project",
            "identity",
            "postgres",
            "postgres :: *",
            "pooler",
            "monitoring",
            "check",
            "verification",
            "engine",
            "switchover",
            "audit",
            "shared"
        })
package dev.upshift.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
