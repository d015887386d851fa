/** How the metadata database is brought. */
@NullMarked
package dev.upshift.metadata.internal;

import org.jspecify.annotations.NullMarked;
