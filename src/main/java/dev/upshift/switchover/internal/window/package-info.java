/** Holds clients, fences, drains, proves, passes the pivot, moves clients. */
@NullMarked
package dev.upshift.switchover.internal.window;

import org.jspecify.annotations.NullMarked;
