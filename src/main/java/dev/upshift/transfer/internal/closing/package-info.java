/** Finishes and abandons: takes every link and the helper schema away, and proves it. */
@NullMarked
package dev.upshift.transfer.internal.closing;

import org.jspecify.annotations.NullMarked;
