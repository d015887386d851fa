/** What a switch must not start without. */
@NullMarked
package dev.upshift.switchover.internal.check;

import org.jspecify.annotations.NullMarked;
