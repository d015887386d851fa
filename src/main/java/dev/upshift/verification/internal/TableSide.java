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
}
