/** Tells two schemas apart, and one from what it was. */
@NullMarked
package dev.upshift.postgres.internal.drift;

import org.jspecify.annotations.NullMarked;
