/** Reads and sets sequences, in many at once and again within milliseconds. */
@NullMarked
package dev.upshift.postgres.internal.sequence;

import org.jspecify.annotations.NullMarked;
