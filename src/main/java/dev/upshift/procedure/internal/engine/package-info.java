/** Runs the steps of a procedure over a write-ahead journal: forward, back, and onwards after an interruption. */
@NullMarked
package dev.upshift.procedure.internal.engine;

import org.jspecify.annotations.NullMarked;
