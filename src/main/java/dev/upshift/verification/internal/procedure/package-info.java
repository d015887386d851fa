/** The comparison as a run, and what follows from its result. */
@NullMarked
package dev.upshift.verification.internal.procedure;

import org.jspecify.annotations.NullMarked;
