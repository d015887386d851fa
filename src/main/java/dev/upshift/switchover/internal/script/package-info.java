/** The one sequence of steps behind cutover and rollback. */
@NullMarked
package dev.upshift.switchover.internal.script;

import org.jspecify.annotations.NullMarked;
