package dev.upshift.verification.internal;

import dev.upshift.postgres.PostgresSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The statements that read one table. Columns are named, so that their order in the table does not matter; rows are
 * hashed as text, for that is what comes out alike on every version, under the settings that every session of ours
 * has; and under collation "C", because the hash of a text depends on its collation.
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

    String totals() {
        return "select count(*) as rows, sum(" + hash() + ")::text as hash from " + from();
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

    /** Parameter {@code keys}: an array of arrays of text in JSON. */
    String rowsByKey() {
        List<String> types = table.hasKey() ? table.keyTypes() : List.of("bigint");
        List<String> values = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add("(w.value ->> " + i + ")::" + types.get(i) + " as k" + i);
            conditions.add(
                    table.hasKey()
                            ? column(table.key().get(i)) + " "
                                    + table.keyOperators().get(i) + " wanted.k" + i
                            : hash() + " = wanted.k" + i);
        }
        return rows(from() + " join (select " + String.join(", ", values)
                + " from jsonb_array_elements(cast(:keys as jsonb)) as w(value)) as wanted on "
                + String.join(" and ", conditions));
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
                ? table.key().stream().map(name -> column(name) + "::text").collect(Collectors.joining(", "))
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

    private String column(String name) {
        return "t." + quote.apply(name);
    }

    /** Without children that inherit from it, which are tables of their own; partitions are not. */
    private String from() {
        return (table.partitioned() ? "" : "only ") + quote.apply(table.name().schema()) + "."
                + quote.apply(table.name().table()) + " as t";
    }
}
