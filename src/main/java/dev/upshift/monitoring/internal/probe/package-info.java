/** Asks servers and poolers: connections that are kept, questions with deadlines, and what was answered. */
@NullMarked
package dev.upshift.monitoring.internal.probe;

import org.jspecify.annotations.NullMarked;
