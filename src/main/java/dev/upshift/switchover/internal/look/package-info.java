/** What is looked at before the window and again behind the fence. */
@NullMarked
package dev.upshift.switchover.internal.look;

import org.jspecify.annotations.NullMarked;
