/** How the connections of a draft are tried, and what is asked about the answers. */
@NullMarked
package dev.upshift.check.internal;

import org.jspecify.annotations.NullMarked;
