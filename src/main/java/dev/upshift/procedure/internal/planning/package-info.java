/** Records what the steps of a procedure would do. */
@NullMarked
package dev.upshift.procedure.internal.planning;

import org.jspecify.annotations.NullMarked;
