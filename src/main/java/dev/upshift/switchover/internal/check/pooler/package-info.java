/** The poolers of a switch: whether they can be held and led elsewhere with all of their clients. */
@NullMarked
package dev.upshift.switchover.internal.check.pooler;

import org.jspecify.annotations.NullMarked;
