/** What two projects must not share. */
@NullMarked
package dev.upshift.check.internal.overlap;

import org.jspecify.annotations.NullMarked;
