/** Turns observations into judged samples: times and rates from one to the next, rules, and the health that follows. */
@NullMarked
package dev.upshift.monitoring.internal.judge;

import org.jspecify.annotations.NullMarked;
