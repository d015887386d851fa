/** Moves clients from one side to the other and back: cutover, rollback and their rehearsal. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "engine",
            "engine :: procedure",
            "records",
            "transfer",
            "transfer :: link",
            "verification",
            "check",
            "check :: pooler",
            "check :: replication",
            "monitoring",
            "project",
            "postgres",
            "postgres :: *",
            "pooler",
            "shared"
        })
package dev.upshift.switchover;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
