/** The two directions of a switch. */
@NullMarked
package dev.upshift.switchover.internal;

import org.jspecify.annotations.NullMarked;
