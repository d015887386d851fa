/** Samples every project again and again, and answers from the samples. */
@NullMarked
package dev.upshift.monitoring.internal.poll;

import org.jspecify.annotations.NullMarked;
