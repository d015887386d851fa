/** Finds out where an entry of a pooler leads that nobody maps. */
@NullMarked
package dev.upshift.check.internal.entry;

import org.jspecify.annotations.NullMarked;
