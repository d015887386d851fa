/** Whether the fence holds on the side that is left, and the side that is entered takes clients. */
@NullMarked
package dev.upshift.switchover.internal.check.fence;

import org.jspecify.annotations.NullMarked;
