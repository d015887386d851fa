package dev.upshift.postgres;

import dev.upshift.shared.TableName;

/**
 * What shows that a table was written anew, is another one under its name, or has other columns, of which no link sends
 * anything. To be compared with one of the same server only.
 *
 * @param file its {@code relfilenode}: another one once all its rows were written anew, or it was emptied; 0 where it has
 *     no rows of its own
 * @param toast oid of its TOAST table: another one once {@code ALTER TABLE} has written the rows anew, but the same after
 *     {@code VACUUM FULL}, {@code CLUSTER} and {@code TRUNCATE}; 0 where it has none
 * @param named who wrote its row type: another one once it was renamed, though it may have its name again
 * @param columns a sum over who wrote its columns
 */
public record TableMark(
        TableName name, long oid, boolean unlogged, long file, long toast, String named, String columns) {}
