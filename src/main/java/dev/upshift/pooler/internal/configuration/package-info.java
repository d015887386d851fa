/** The databases of PgBouncer's configuration: its ini text, and the stores that keep it. */
@NullMarked
package dev.upshift.pooler.internal.configuration;

import org.jspecify.annotations.NullMarked;
