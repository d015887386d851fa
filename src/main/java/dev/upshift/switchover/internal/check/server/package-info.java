/** The servers on both sides of a switch. */
@NullMarked
package dev.upshift.switchover.internal.check.server;

import org.jspecify.annotations.NullMarked;
