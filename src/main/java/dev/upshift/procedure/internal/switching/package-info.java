/** Moves clients from one side to the other: cutover and rollback, one implementation for both. */
@NullMarked
package dev.upshift.procedure.internal.switching;

import org.jspecify.annotations.NullMarked;
