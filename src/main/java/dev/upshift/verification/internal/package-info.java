/** How the rows of two sides are compared, also while they are written. */
@NullMarked
package dev.upshift.verification.internal;

import org.jspecify.annotations.NullMarked;
