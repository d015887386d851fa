/** Speaks to PgBouncer over its admin console, and through it as a client does. */
@NullMarked
package dev.upshift.pooler.internal.console;

import org.jspecify.annotations.NullMarked;
