/** One switch from one side to the other: what its steps share, the hold on clients, the fences. */
@NullMarked
package dev.upshift.switchover.internal.route;

import org.jspecify.annotations.NullMarked;
