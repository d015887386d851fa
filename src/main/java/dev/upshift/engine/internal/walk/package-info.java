/** One run walked by its owner: forward, and back when a step fails before the pivot. */
@NullMarked
package dev.upshift.engine.internal.walk;

import org.jspecify.annotations.NullMarked;
