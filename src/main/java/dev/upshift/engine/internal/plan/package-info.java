/** Plans: what speaks against a run, and what its steps would do, recorded without doing it. */
@NullMarked
package dev.upshift.engine.internal.plan;

import org.jspecify.annotations.NullMarked;
