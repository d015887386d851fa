/** How monitoring is configured; what it does is in the packages below. */
@NullMarked
package dev.upshift.monitoring.internal;

import org.jspecify.annotations.NullMarked;
