/** Runs: started, executed, undone, taken up again. */
@NullMarked
package dev.upshift.engine.internal.run;

import org.jspecify.annotations.NullMarked;
