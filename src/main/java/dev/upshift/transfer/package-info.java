/** Everything between two clusters before and after a switch: schema, links, the initial copy, and taking it all down again. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "engine",
            "engine :: procedure",
            "records",
            "check",
            "check :: replication",
            "project",
            "postgres",
            "postgres :: *",
            "shared"
        })
package dev.upshift.transfer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
