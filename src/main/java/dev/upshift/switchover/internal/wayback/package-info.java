/** The link by which the side that was left follows, so that one can return. */
@NullMarked
package dev.upshift.switchover.internal.wayback;

import org.jspecify.annotations.NullMarked;
