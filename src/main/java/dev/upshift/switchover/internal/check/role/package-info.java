/** Who may do what on both sides: our own role, and those whom the application signs in as. */
@NullMarked
package dev.upshift.switchover.internal.check.role;

import org.jspecify.annotations.NullMarked;
