/** Values that every module speaks: log positions, byte counts, versions, endpoints, secrets, and the one way to wait. */
@NullMarked
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
package dev.upshift.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
