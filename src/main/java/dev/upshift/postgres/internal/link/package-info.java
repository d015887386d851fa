/** Logical replication: publications, slots, subscriptions, their workers, and the rows that prove that a link works. */
@NullMarked
package dev.upshift.postgres.internal.link;

import org.jspecify.annotations.NullMarked;
