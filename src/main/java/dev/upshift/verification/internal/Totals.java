package dev.upshift.verification.internal;

import org.jspecify.annotations.Nullable;

/**
 * A table's content in two numbers that do not depend on the order of rows.
 *
 * @param hash the sum of all rows' 64-bit hashes; null for no rows
 */
record Totals(long rows, @Nullable String hash) {}
