package dev.upshift.postgres.link;

import dev.upshift.shared.TableName;
import java.util.List;

/**
 * What shows that a table was written anew, is another one under its name, or has other columns, of which no link sends
 * anything. To be compared with one of the same server only.
 *
 * @param file its {@code relfilenode}: its oid until all its rows are written anew or it is emptied for the first time,
 *     and another one each time; 0 where it has no rows of its own
 * @param toast oid of its TOAST table: another one once {@code ALTER TABLE} has written the rows anew, but the same after
 *     {@code VACUUM FULL}, {@code CLUSTER} and {@code TRUNCATE}; 0 where it has none
 * @param named who wrote its row type: another one once it was renamed, though it may have its name again
 * @param columns a sum over who wrote its columns
 * @param triggers a sum over who altered its triggers after they were made, those that keep foreign keys left out
 * @param copied where the copies of it met the stream, as text, "-" for one that is followed and was not copied; empty while
 *     nothing follows it, or it is being copied; not remembered of the side that feeds the other one
 * @param added what tells columns that were only added from others; not remembered
 */
public record TableMark(
        TableName name,
        long oid,
        boolean unlogged,
        long file,
        long toast,
        String named,
        String columns,
        String triggers,
        String copied,
        Added added) {

    /** What is remembered of it, to be compared with later. */
    public TableMark remembered() {
        return new TableMark(name, oid, unlogged, file, toast, named, columns, "", "", Added.NOTHING);
    }

    /**
     * Whether it has got columns, and nothing else was done to any. Another type leaves the columns' writer the table's as
     * well, but another file.
     *
     * @param before the sum over who wrote its columns then
     * @param heldBy the file that it had then
     */
    public boolean hasOnlyGrown(String before, long heldBy) {
        return !added.columns().isEmpty() && added.without().equals(before) && file == heldBy;
    }

    /**
     * The columns that were added last, and to which nothing was done since: who wrote them has written the table's own
     * row as well, which renaming a column or setting its default does not, and did not make the table.
     *
     * @param without the sum over who wrote the other columns
     * @param columns their names and types
     * @param empty whether none of them has a default, so that rows that were there have nothing in them
     */
    public record Added(String without, List<String> columns, boolean empty) {

        /** None, or it cannot be told. */
        public static final Added NOTHING = new Added("", List.of(), true);
    }
}
