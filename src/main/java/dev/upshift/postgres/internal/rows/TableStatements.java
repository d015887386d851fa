package dev.upshift.postgres.internal.rows;

import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.session.PostgresSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The statements that read one table. Columns are named, so that their order in the table does not matter; rows are
 * hashed as text, for that is what comes out alike on every version, under the settings that every session of ours
 * has; and under collation "C", because the hash of a text depends on its collation.
 *
 * <p>Values become text as part of a record, which calls the output functions of their types and nothing else: a cast
 * would call the function that the owner of a type has put there, with our rights.
 */
final class TableStatements {

    private final ComparedTable table;
    private final UnaryOperator<String> quote;

    TableStatements(ComparedTable table, PostgresSession session) {
        this(table, session::identifier);
    }

    TableStatements(ComparedTable table, UnaryOperator<String> quote) {
        this.table = table;
        this.quote = quote;
    }

    /** @param mark rows that were written since are counted apart */
    String totals(long mark) {
        return "select count(*) as rows, sum(" + hash() + ")::text as hash, count(*) filter (where " + since(mark)
                + ") as written from " + from();
    }

    /** Parameter {@code most}: how many at most. */
    String writtenSince(long mark) {
        return "select distinct " + key() + " as key from " + from() + " where " + since(mark) + " limit :most";
    }

    /** This moment as {@link #totals} wants it: the next transaction's number. */
    static String mark() {
        return "select txid_snapshot_xmax(txid_current_snapshot())";
    }

    /** Numbers of transactions go round; those in the half before the mark are older. Functions of xid are not parallel. */
    private static String since(long mark) {
        return "((t.xmin::text::bigint - " + mark + ") & 4294967295) < 2147483648";
    }

    /** Parameter {@code mask}: number of buckets less one. */
    String buckets() {
        return "select (" + keyHash() + " & :mask)::integer as bucket, count(*) as rows, sum(" + hash()
                + ")::text as hash from " + from() + " group by 1";
    }

    /** Parameters {@code mask} and {@code some}: numbers separated by commas. */
    String rowsIn() {
        return rows(
                from() + " join unnest(string_to_array(:some, ',')::integer[]) as wanted(bucket) on wanted.bucket = ("
                        + keyHash() + " & :mask)::integer");
    }

    /**
     * Parameter {@code keys}: an array of arrays of text in JSON. Where a key's type is PostgreSQL's own, its index
     * finds the rows; all others are compared as text, without any function of users, and without an index.
     */
    String rowsByKey() {
        List<String> values = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < (table.hasKey() ? table.key().size() : 1); i++) {
            String wanted = "w.value ->> " + i;
            if (!table.hasKey()) {
                values.add("(" + wanted + ")::bigint as k" + i);
                conditions.add(hash() + " = wanted.k" + i);
            } else if (table.isIndexed(i)) {
                values.add("(" + wanted + ")::" + table.keyTypes().get(i) + " as k" + i);
                conditions.add(column(table.key().get(i)) + " operator(pg_catalog.=) wanted.k" + i);
            } else {
                values.add("row(" + wanted + ")::text as k" + i);
                conditions.add(asText(table.key().get(i)) + " = wanted.k" + i);
            }
        }
        return rows(from() + " join (select " + String.join(", ", values)
                + " from jsonb_array_elements(cast(:keys as jsonb)) as w(value)) as wanted on "
                + String.join(" and ", conditions));
    }

    /** Keeps the table as it is until the transaction ends, whatever has its name. */
    String hold() {
        return "lock table only " + name() + " in access share mode";
    }

    /** With columns {@code key}, {@code content}, {@code version}. Rows that are alike in every column count as one. */
    private String rows(String source) {
        String version = "t.tableoid::text || t.ctid::text || t.xmin::text";
        return table.hasKey()
                ? "select " + key() + " as key, " + hash() + "::text as content, " + version + " as version from "
                        + source
                : "select " + key() + " as key, count(*)::text as content, sum(hashtextextended(" + version
                        + ", 0))::text as version from " + source + " group by 1";
    }

    private String key() {
        String values = table.hasKey()
                ? table.key().stream().map(this::asText).collect(Collectors.joining(", "))
                : hash() + "::text";
        return "array[" + values + "]";
    }

    private String keyHash() {
        return table.hasKey() ? "hashtextextended(" + key() + "::text collate \"C\", 0)" : hash();
    }

    private String hash() {
        return "hashtextextended(row("
                + table.columns().stream().map(this::column).collect(Collectors.joining(", "))
                + ")::text collate \"C\", 0)";
    }

    /** As {@link RecordText} reads it. */
    private String asText(String column) {
        return "row(" + column(column) + ")::text";
    }

    private String column(String name) {
        return "t." + quote.apply(name);
    }

    /** Without children that inherit from it, which are tables of their own; partitions are not. */
    private String from() {
        return (table.partitioned() ? "" : "only ") + name() + " as t";
    }

    private String name() {
        return quote.apply(table.name().schema()) + "."
                + quote.apply(table.name().table());
    }
}
