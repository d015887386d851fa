/** Compares both sides as a run. */
@NullMarked
package dev.upshift.procedure.internal.verifying;

import org.jspecify.annotations.NullMarked;
