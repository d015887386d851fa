package dev.upshift.verification.internal;

import java.util.Collection;
import java.util.Map;

/** One table on one side, looked at in ever smaller parts. Each answer is the state at one moment. */
interface TableSide {

    Totals totals();

    /**
     * Content by bucket; rows fall into buckets by the hash of their key, so that a row stays in its bucket however it
     * changes. Buckets without rows are left out.
     *
     * @param buckets a power of two
     */
    Map<Integer, Totals> buckets(int buckets);

    /** All rows in some of the buckets. */
    Map<RowKey, RowState> rowsIn(Collection<Integer> some, int buckets);

    /** The rows with these keys, as far as there are any. */
    Map<RowKey, RowState> rows(Collection<RowKey> keys);

    /** Whether {@link #totals} met a row that was written on this side since the comparison began. */
    boolean wasWritten();

    /** This moment on this side, in the numbers of its transactions. */
    long mark();

    /** Rows that are there and were written on this side since that moment, some of them if there are more than that. */
    Collection<RowKey> writtenSince(long mark, int most);
}
