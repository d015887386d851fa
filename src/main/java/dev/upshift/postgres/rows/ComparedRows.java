package dev.upshift.postgres.rows;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads tables so that their rows can be compared with those of another server, of whichever version. */
public interface ComparedRows {

    /** Has the session write values as text as sessions on other servers do; before anything else is asked. */
    void writeAlike(PostgresSession session);

    /** All tables of a database with rows of their own, by one statement, ordered by name. */
    List<ComparedTable> tables(PostgresSession session);

    /** This moment of the session's server, in the numbers of its transactions. */
    long mark(PostgresSession session);

    /** @param begin the {@link #mark} at which the comparison began */
    TableSide side(PostgresSession session, ComparedTable table, long begin);

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

    /**
     * A table as the publishing side has it.
     *
     * @param partitioned then all rows of all its partitions are compared as one
     * @param unlogged then its rows are not replicated
     * @param estimatedRows 0 when never analysed
     * @param columns all, in the order in which rows are written as text
     * @param key columns that identify a row; empty if only the whole row does
     * @param keyTypes SQL types of the key's columns, below all domains; empty text for those that are not PostgreSQL's own
     */
    record ComparedTable(
            TableName name,
            boolean partitioned,
            boolean unlogged,
            long estimatedRows,
            List<String> columns,
            List<String> key,
            List<String> keyTypes) {

        public boolean hasKey() {
            return !key.isEmpty();
        }

        /** Whether values of this column of the key may be compared as what they are: no user can have defined how. */
        public boolean isIndexed(int column) {
            return !keyTypes.get(column).isEmpty();
        }

        /** The columns of the key that are compared as what they are. */
        public List<String> indexed() {
            return IntStream.range(0, key.size())
                    .filter(this::isIndexed)
                    .mapToObj(key::get)
                    .toList();
        }
    }

    /**
     * What identifies a row on both sides: its key columns' values as text, or the hash of the whole row in a table
     * without a key.
     */
    record RowKey(List<String> values) {}

    /**
     * A row as it was seen once.
     *
     * @param content hash of all columns; in a table without a key the number of such rows
     * @param version changes whenever anybody writes the row on this side, even if the content comes out the same
     */
    record RowState(String content, String version) {}

    /**
     * A table's content in two numbers that do not depend on the order of rows.
     *
     * @param hash the sum of all rows' 64-bit hashes; null for no rows
     */
    record Totals(long rows, @Nullable String hash) {}
}
