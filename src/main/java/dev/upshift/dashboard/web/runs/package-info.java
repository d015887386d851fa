/** Runs: their list, and one of them, live. */
@NullMarked
package dev.upshift.dashboard.web.runs;

import org.jspecify.annotations.NullMarked;
