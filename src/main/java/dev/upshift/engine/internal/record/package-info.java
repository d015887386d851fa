/** What is written down of runs: the journal, their status, the order to stop. */
@NullMarked
package dev.upshift.engine.internal.record;

import org.jspecify.annotations.NullMarked;
