package dev.upshift.verification.internal;

/**
 * A row as it was seen once.
 *
 * @param content hash of all columns; in a table without a key the number of such rows
 * @param version changes whenever anybody writes the row on this side, even if the content comes out the same
 */
record RowState(String content, String version) {}
