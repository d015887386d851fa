/** A switch up to its proof, then back; and what is kept of it. */
@NullMarked
package dev.upshift.switchover.internal.rehearsal;

import org.jspecify.annotations.NullMarked;
