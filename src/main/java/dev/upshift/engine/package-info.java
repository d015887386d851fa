/** Plans runs, keeps their journal, and executes, undoes and takes them over: knows steps, and no server. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "metadata",
            "project",
            "identity",
            "postgres",
            "postgres :: *",
            "pooler",
            "records",
            "shared"
        })
package dev.upshift.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
