package dev.upshift.lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Compares the data of two clusters table by table, by row counts and order-free hashes; the control plane's own
 * schema {@code upshift} is left out. Nobody may write meanwhile.
 */
public final class SidesComparison {

    private static final String SAME_TEXT =
            "set extra_float_digits = 1; set DateStyle = 'ISO, YMD'; set IntervalStyle = 'postgres';"
                    + " set bytea_output = 'hex'; set TimeZone = 'UTC'; set search_path = ''";
    private static final long LISTED_UP_TO_ROWS = 200_000;
    private static final int LISTED = 5;

    private final PostgresCluster one;
    private final PostgresCluster other;
    private final String database;

    private SidesComparison(PostgresCluster one, PostgresCluster other, String database) {
        this.one = one;
        this.other = other;
        this.database = database;
    }

    /** A comparison of the database {@code shop}. */
    public static SidesComparison of(PostgresCluster one, PostgresCluster other) {
        return new SidesComparison(one, other, LedgerSchema.DATABASE);
    }

    /**
     * Throws unless both hold the same data now.
     *
     * @throws AssertionError with the tables that differ and some rows that only one side has
     */
    public void assertEqual() {
        List<String> differences = differences();
        if (!differences.isEmpty()) {
            throw new AssertionError(one + " and " + other + " differ:\n  " + String.join("\n  ", differences));
        }
    }

    /** Throws unless both come to hold the same data in time, for replication to catch up. */
    public void assertEqualWithin(Duration atMost) {
        try {
            Awaitility.await()
                    .atMost(atMost)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> fingerprints(one).equals(fingerprints(other)));
        } catch (ConditionTimeoutException tooLate) {
            assertEqual();
        }
    }

    /** A line for every table that differs; none when all is equal. */
    public List<String> differences() {
        Map<String, Fingerprint> left = fingerprints(one);
        Map<String, Fingerprint> right = fingerprints(other);
        List<String> differences = new ArrayList<>();
        for (String table : union(left, right)) {
            Fingerprint here = left.get(table);
            Fingerprint there = right.get(table);
            if (here == null || there == null) {
                differences.add(table + " is only on " + (here == null ? other : one));
            } else if (!here.equals(there)) {
                differences.add(table + ": " + here.rows + " and " + there.rows + " rows" + rowsOf(table, here, there));
            }
        }
        return differences;
    }

    private Map<String, Fingerprint> fingerprints(PostgresCluster cluster) {
        try (Connection connection = cluster.connect(database)) {
            Sql.execute(connection, SAME_TEXT);
            Map<String, Fingerprint> fingerprints = new TreeMap<>();
            for (@Nullable String table : Sql.column(connection, Sql.resource("tables.sql"))) {
                Map<String, @Nullable String> row = Sql.rows(
                                connection,
                                "select count(*) as rows, sum(pg_catalog.hashtextextended(t::text, 0)) as hash from "
                                        + table + " t")
                        .getFirst();
                fingerprints.put(
                        String.valueOf(table),
                        new Fingerprint(Long.parseLong(String.valueOf(row.get("rows"))), row.get("hash")));
            }
            return fingerprints;
        } catch (SQLException closing) {
            throw new Sql.LabSqlException("comparing " + cluster, closing);
        }
    }

    private String rowsOf(String table, Fingerprint here, Fingerprint there) {
        if (Math.max(here.rows, there.rows) > LISTED_UP_TO_ROWS) {
            return "";
        }
        List<String> left = rowsOf(one, table);
        List<String> right = rowsOf(other, table);
        return onlyIn(left, right, one) + onlyIn(right, left, other);
    }

    private List<String> rowsOf(PostgresCluster cluster, String table) {
        try (Connection connection = cluster.connect(database)) {
            Sql.execute(connection, SAME_TEXT);
            return Sql.column(connection, "select t::text from " + table + " t").stream()
                    .map(String::valueOf)
                    .toList();
        } catch (SQLException closing) {
            throw new Sql.LabSqlException("comparing " + cluster, closing);
        }
    }

    private static String onlyIn(List<String> rows, List<String> others, PostgresCluster cluster) {
        Map<String, Long> surplus =
                rows.stream().collect(Collectors.groupingBy(row -> row, TreeMap::new, Collectors.counting()));
        others.forEach(row -> surplus.merge(row, -1L, Long::sum));
        return surplus.entrySet().stream()
                .filter(row -> row.getValue() > 0)
                .limit(LISTED)
                .map(row -> "\n    only on " + cluster.name() + ": " + row.getKey()
                        + (row.getValue() > 1 ? " × " + row.getValue() : ""))
                .collect(Collectors.joining());
    }

    private static Set<String> union(Map<String, ?> left, Map<String, ?> right) {
        return Stream.concat(left.keySet().stream(), right.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What stands for a table's content. */
    private record Fingerprint(long rows, @Nullable String hash) {}
}
