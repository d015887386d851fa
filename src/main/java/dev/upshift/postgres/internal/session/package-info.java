/** Connections to foreign servers and what is the same in each: settings, time limits, failures, statements that hold secrets. */
@NullMarked
package dev.upshift.postgres.internal.session;

import org.jspecify.annotations.NullMarked;
