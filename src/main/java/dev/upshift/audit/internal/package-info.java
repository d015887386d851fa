/** How the record is kept. */
@NullMarked
package dev.upshift.audit.internal;

import org.jspecify.annotations.NullMarked;
