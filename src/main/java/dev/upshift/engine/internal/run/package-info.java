/** Runs: started, executed, taken up again, aborted. */
@NullMarked
package dev.upshift.engine.internal.run;

import org.jspecify.annotations.NullMarked;
