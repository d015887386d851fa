/** Beans that belong to no module in particular. */
@NullMarked
package dev.upshift.shared.internal;

import org.jspecify.annotations.NullMarked;
