/** Keeps the records in the metadata database. */
@NullMarked
package dev.upshift.records.internal;

import org.jspecify.annotations.NullMarked;
