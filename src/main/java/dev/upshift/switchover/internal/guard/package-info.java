/** What a switch must not start without. */
@NullMarked
package dev.upshift.switchover.internal.guard;

import org.jspecify.annotations.NullMarked;
