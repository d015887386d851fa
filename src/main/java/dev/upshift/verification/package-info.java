/** Proves that both sides hold the same data. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "engine",
            "engine :: procedure",
            "records",
            "transfer",
            "transfer :: link",
            "check",
            "check :: replication",
            "project",
            "postgres",
            "postgres :: *",
            "shared"
        })
package dev.upshift.verification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
