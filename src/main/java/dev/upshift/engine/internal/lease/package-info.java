/** Who owns a run: the lock, the lease, and what a former owner may still do. */
@NullMarked
package dev.upshift.engine.internal.lease;

import org.jspecify.annotations.NullMarked;
