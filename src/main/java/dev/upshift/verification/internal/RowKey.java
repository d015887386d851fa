package dev.upshift.verification.internal;

import java.util.List;

/**
 * What identifies a row on both sides: its key columns' values as text, or the hash of the whole row in a table
 * without a key.
 */
record RowKey(List<String> values) {}
