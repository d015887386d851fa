/** How foreign PostgreSQL servers are talked to. */
@NullMarked
package dev.upshift.postgres.internal;

import org.jspecify.annotations.NullMarked;
