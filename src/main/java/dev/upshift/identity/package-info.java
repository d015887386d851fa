/** Who acts, and with which right: sign-in and the current actor. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.upshift.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
