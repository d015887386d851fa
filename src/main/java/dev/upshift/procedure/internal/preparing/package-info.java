/** Brings the target to where it can take over: copy schema, replicate. */
@NullMarked
package dev.upshift.procedure.internal.preparing;

import org.jspecify.annotations.NullMarked;
