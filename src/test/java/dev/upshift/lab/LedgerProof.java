package dev.upshift.lab;

import dev.upshift.lab.ExpectedEntry.Drawn;
import dev.upshift.lab.JournalLine.Fate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proof of zero loss: holds a server's ledger to what the writers were told.
 *
 * <p>Every acknowledged write is there exactly once, in its last acknowledged version and with the values that the
 * server said it drew; nothing is there that was withdrawn, refused or never tried; no value of a sequence was drawn
 * twice, withdrawn entries included; no transaction is there by half. Writes whose COMMIT was not answered may be there
 * or not. The writers have to be paused or stopped while it looks.
 */
public final class LedgerProof {

    private final Path journals;

    private LedgerProof(Path journals) {
        this.journals = journals;
    }

    /** A proof by the journals in a folder, of all the writers that ever wrote there. */
    public static LedgerProof by(Path journals) {
        return new LedgerProof(journals);
    }

    /**
     * Throws unless the server keeps all promises.
     *
     * @throws AssertionError with the report
     */
    public LedgerReport assertHolds(PostgresCluster serving) {
        LedgerReport report = against(serving);
        if (!report.holds()) {
            throw new AssertionError(report.text());
        }
        return report;
    }

    /** Compares a server with the journals. */
    public LedgerReport against(PostgresCluster serving) {
        try (Connection connection = serving.connect(LedgerSchema.DATABASE)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return against(connection, serving.toString());
        } catch (SQLException e) {
            throw new Sql.LabSqlException("reading the ledger of " + serving, e);
        }
    }

    /** Compares what a transaction sees with the journals. */
    LedgerReport against(Connection transaction, String server) throws SQLException {
        Examination examination = new Examination();
        for (int writer : WriterJournal.writers(journals)) {
            WriterJournal.read(journals, writer, line -> examination.take(writer, line));
        }
        examination.read(transaction);
        return examination.report(server);
    }

    /** One comparison. */
    private static final class Examination {

        private static final int ROWS_AT_ONCE = 10_000;

        private final Map<Key, ExpectedEntry> expected = new HashMap<>();
        private final Map<Long, Key> tickets = new HashMap<>();
        private final Map<Long, Key> countdowns = new HashMap<>();
        private final Violations violations = new Violations();
        private long acknowledged;
        private long inDoubt;
        private long rows;

        void take(int writer, JournalLine line) {
            Key key = new Key(writer, line.number());
            acknowledged += line.fate() == Fate.ACKNOWLEDGED ? 1 : 0;
            inDoubt += line.fate() == Fate.IN_DOUBT ? 1 : 0;
            if (line.fate() == Fate.MISSING) {
                violations.add("entries that were not as their writer had left them", key + " on " + line.operation());
            }
            ExpectedEntry entry = expected.computeIfAbsent(key, any -> new ExpectedEntry(key.toString()));
            entry.apply(line);
            entry.drawn().ifPresent(drawn -> remember(drawn, key));
        }

        void read(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_AT_ONCE);
                try (ResultSet row = statement.executeQuery(
                        "select \"Writer\", \"Number\", version, ticket, countdown from shop.ledger")) {
                    while (row.next()) {
                        see(
                                new Key(row.getInt(1), row.getLong(2)),
                                row.getLong(3),
                                new Drawn(row.getLong(4), row.getLong(5)));
                    }
                }
            }
            expected.values().forEach(entry -> entry.conclude(violations));
            for (Map<String, @Nullable String> broken : Sql.rows(connection, Sql.resource("broken-promises.sql"))) {
                violations.add(String.valueOf(broken.get("kind")), String.valueOf(broken.get("detail")));
            }
        }

        private void see(Key key, long version, Drawn drawn) {
            rows++;
            ExpectedEntry entry = expected.get(key);
            if (entry == null) {
                violations.add("invented entries", key + " is there and nobody tried to write it");
            } else {
                entry.see(version, drawn, violations);
            }
            remember(drawn, key);
        }

        private void remember(Drawn drawn, Key key) {
            Key otherTicket = tickets.putIfAbsent(drawn.ticket(), key);
            if (otherTicket != null && !otherTicket.equals(key)) {
                violations.add(
                        "values drawn twice", "ticket " + drawn.ticket() + " by " + otherTicket + " and by " + key);
            }
            Key otherCountdown = countdowns.putIfAbsent(drawn.countdown(), key);
            if (otherCountdown != null && !otherCountdown.equals(key)) {
                violations.add(
                        "values drawn twice",
                        "countdown " + drawn.countdown() + " by " + otherCountdown + " and by " + key);
            }
        }

        LedgerReport report(String server) {
            String summary = "Ledger of " + server + ": " + acknowledged + " acknowledged writes, " + inDoubt
                    + " in doubt, " + rows + " rows: ";
            String text = violations.isEmpty()
                    ? summary + "every promise kept"
                    : summary + "promises broken\n" + violations.text();
            return new LedgerReport(acknowledged, inDoubt, rows, violations.counts(), text);
        }

        private record Key(int writer, long number) {
            @Override
            public String toString() {
                return "entry " + number + " of writer " + writer;
            }
        }
    }

    /** Throws unless both sides hold the same data; see {@link SidesComparison}. */
    public static void assertBothSidesEqual(PostgresCluster source, PostgresCluster target) {
        SidesComparison.of(source, target).assertEqual();
    }
}
