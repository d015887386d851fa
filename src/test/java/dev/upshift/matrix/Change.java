package dev.upshift.matrix;

import dev.upshift.shared.TableName;

/** A committed row in a server's log. */
record Change(String database, TableName table, String row) {}
