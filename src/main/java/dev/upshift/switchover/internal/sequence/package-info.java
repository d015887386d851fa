/** Sequences of both sides, before and behind the fence. */
@NullMarked
package dev.upshift.switchover.internal.sequence;

import org.jspecify.annotations.NullMarked;
