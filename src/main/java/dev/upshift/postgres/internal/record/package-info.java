/** Ports that look at real servers and note what they are told to change, for plans. */
@NullMarked
package dev.upshift.postgres.internal.record;

import org.jspecify.annotations.NullMarked;
