package dev.upshift.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The proof is worth something: it fails on every kind of harm that a switch could do. */
class LedgerProofIT {

    private static LabWorld world;

    @BeforeAll
    static void writeSome() {
        world = LabWorld.builder().preparedTarget().durable(false).start();
        try (LedgerWriters writers = world.startWriters(10, 500)) {
            writers.awaitAcknowledged(500, Duration.ofSeconds(30));
        }
        world.proof().assertHolds(world.source());
    }

    @AfterAll
    static void closeWorld() {
        world.close();
    }

    @Test
    void seesALostEntry() throws SQLException {
        assertThat(afterHarm(
                        "delete from shop.ledger where \"Entry Id\" = (select max(\"Entry Id\") from shop.ledger)"))
                .containsEntry("lost entries", 1);
    }

    @Test
    void seesAnEntryThatWasWrittenTwice() throws SQLException {
        assertThat(afterHarm("insert into shop.ledger (\"Writer\", \"Number\", version)"
                        + " select \"Writer\", \"Number\", version from shop.ledger limit 1"))
                .containsEntry("duplicate entries", 1);
    }

    @Test
    void seesAnEntryThatNobodyWrote() throws SQLException {
        assertThat(afterHarm("insert into shop.ledger (\"Writer\", \"Number\") values (1, 999999)"))
                .containsEntry("invented entries", 1);
    }

    @Test
    void seesALostChange() throws SQLException {
        assertThat(afterHarm("update shop.ledger set version = version - 1 where version > 0"
                        + " and \"Entry Id\" = (select min(\"Entry Id\") from shop.ledger where version > 0)"))
                .containsEntry("lost changes", 1);
    }

    @Test
    void seesAWithdrawnEntryComeBack() throws SQLException {
        String numbers = "select string_agg(\"Number\"::text, ',') from shop.ledger where \"Writer\" = 1";
        String present = "," + world.source().value("shop", numbers) + ",";
        int withdrawn = 1;
        while (present.contains("," + withdrawn + ",")) {
            withdrawn++;
        }
        assertThat(afterHarm("insert into shop.ledger (\"Writer\", \"Number\") values (1, " + withdrawn + ")"))
                .containsEntry("entries that must not be there", 1);
    }

    @Test
    void seesAValueThatWasDrawnTwice() throws SQLException {
        assertThat(afterHarm("update shop.ledger set ticket = (select min(ticket) from shop.ledger)"
                        + " where \"Entry Id\" = (select max(\"Entry Id\") from shop.ledger)"))
                .containsEntry("changed entries", 1)
                .containsEntry("values drawn twice", 2);
    }

    @Test
    void seesAnOrderWithoutItsLine() throws SQLException {
        assertThat(afterHarm("delete from shop.\"Order Lines\""
                        + " where \"Order Id\" = (select min(\"Order Id\") from shop.\"Orders\")"))
                .containsEntry("torn transactions", 1);
    }

    @Test
    void seesThatBothSidesDiffer() {
        assertThat(SidesComparison.of(world.source(), world.source()).differences())
                .isEmpty();
        assertThatThrownBy(() -> LedgerProof.assertBothSidesEqual(world.source(), world.target()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("shop.\"Order Lines\"")
                .hasMessageContaining("only on source")
                .hasMessageContaining("200 and 0 rows");
    }

    /** The violations that are found after a statement has done harm, in a transaction that comes to nothing. */
    private static Map<String, Integer> afterHarm(String statement) throws SQLException {
        try (Connection connection = world.source().connect("shop")) {
            connection.setAutoCommit(false);
            Sql.execute(connection, "set session_replication_role = replica");
            Sql.execute(connection, statement);
            LedgerReport report = world.proof().against(connection, "the harmed source");
            assertThat(report.holds()).isFalse();
            assertThat(report.toString()).contains("promises broken");
            connection.rollback();
            return report.violations();
        }
    }
}
