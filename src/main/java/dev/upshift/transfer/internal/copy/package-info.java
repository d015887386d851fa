/** Publishes, subscribes and copies, then builds what was held back. */
@NullMarked
package dev.upshift.transfer.internal.copy;

import org.jspecify.annotations.NullMarked;
