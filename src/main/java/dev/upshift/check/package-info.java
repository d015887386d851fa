/** Examines clusters and poolers and reports findings: the checks that a project passes when it is saved, and what others share. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "project",
            "postgres",
            "postgres :: *",
            "pooler",
            "monitoring",
            "engine",
            "engine :: procedure",
            "shared"
        })
package dev.upshift.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
