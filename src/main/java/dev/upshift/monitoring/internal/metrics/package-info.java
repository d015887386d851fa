/** Shows the last samples to Prometheus. */
@NullMarked
package dev.upshift.monitoring.internal.metrics;

import org.jspecify.annotations.NullMarked;
