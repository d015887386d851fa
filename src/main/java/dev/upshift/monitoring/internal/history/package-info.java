/** Keeps what was seen, for all control planes: the last samples, their course, slots and direct clients. */
@NullMarked
package dev.upshift.monitoring.internal.history;

import org.jspecify.annotations.NullMarked;
