/** How connections are tried. */
@NullMarked
package dev.upshift.check.internal;

import org.jspecify.annotations.NullMarked;
