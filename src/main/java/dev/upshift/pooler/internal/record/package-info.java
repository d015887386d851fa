/** Poolers and stores that obey in words only, for plans. */
@NullMarked
package dev.upshift.pooler.internal.record;

import org.jspecify.annotations.NullMarked;
