package dev.upshift.switchover.internal.check.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.check.CheckOutcome;
import dev.upshift.check.Finding;
import dev.upshift.check.Place;
import dev.upshift.check.Proves;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.check.link.SwitchSides;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What servers of 13 and 18 must be ready for before a switch. */
@ExtendWith(SharedServers.class)
class SwitchServersIT {

    private static final String LONG_TRANSACTIONS = "long-transactions";

    /** While it finds something, nobody asks the servers anything else. */
    @Test
    @Proves("servers-reachable")
    void aServerThatWritesTooLittleLogShutsTheGate() {
        try (PostgresCluster own = SharedServers.own(13)) {
            SwitchSides sides = new SwitchSides(own, SharedServers.of(18));
            own.execute("postgres", "alter system set wal_level = replica");
            own.stop();
            own.restart();

            Finding finding = sides.finding(Side.SOURCE, "servers-reachable");
            assertThat(finding.place()).isEqualTo(Place.on(Side.SOURCE));
            assertThat(finding.objects()).containsExactly("wal_level");
            assertThat(finding.reason()).contains("wal_level is replica");
            assertThat(sides.switching(Side.SOURCE))
                    .extracting(CheckOutcome::check)
                    .containsExactly("servers-reachable", "verification");

            own.execute("postgres", finding.remedy().replaceFirst(";.*", ""));
            own.stop();
            own.restart();
            sides.passes(Side.SOURCE, "servers-reachable");
            assertThat(sides.switching(Side.SOURCE))
                    .extracting(CheckOutcome::check)
                    .containsExactly(
                            "servers-reachable",
                            "sees-sessions",
                            "tables-published",
                            "tables-ready",
                            "new-objects",
                            "slot-continuity",
                            "tables-unaltered",
                            "workers-running",
                            "lag",
                            "replica-identity",
                            "identity-full-types",
                            "row-security",
                            "always-triggers",
                            "sequences",
                            "indexes-built",
                            LONG_TRANSACTIONS,
                            "prepared-transactions",
                            "way-back-capacity",
                            "opposite-link",
                            "verification",
                            "not-carried",
                            "materialized-views");
        }
    }

    @Test
    @Proves("sees-sessions")
    void whatOurRoleDoesNotSeeOnTheSideThatIsEnteredIsGranted() {
        SwitchSides sides = new SwitchSides("");
        sides.passes(Side.SOURCE, "sees-sessions");
        String nobody = sides.signInAsNobody(Side.TARGET);

        Finding blind = sides.finding(Side.SOURCE, "sees-sessions");
        assertThat(blind.place()).isEqualTo(Place.on(Side.TARGET, sides.database()));
        assertThat(blind.objects()).containsExactly(nobody);
        String grant = "GRANT pg_read_all_stats TO \"%s\"".formatted(nobody);
        assertThat(blind.remedy()).isEqualTo(grant + "; there.");
        sides.onTarget(grant);
        sides.passes(Side.SOURCE, "sees-sessions");
    }

    @Test
    @Proves(LONG_TRANSACTIONS)
    void whoIsOpenOnTheSideThatIsLeftIsNamedWithTheStatement() throws SQLException {
        SwitchSides sides = new SwitchSides("");
        sides.set("longTransactionLimit", Duration.ofMillis(1));
        awaitPassing(sides);
        try (Connection open = sides.cluster(Side.SOURCE).connect(sides.database());
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("set application_name = 'report'");

            Finding report = awaitFinding(sides);
            assertThat(report.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
            assertThat(report.reason()).contains("a transaction has been open for", "application report");
            assertThat(report.objects()).hasSize(1);
            end(sides, Side.SOURCE, report);
            awaitPassing(sides);
        }
    }

    /** In whatever database of that server. */
    @Test
    @Proves(LONG_TRANSACTIONS)
    void whoHasWrittenOnTheServerThatIsEnteredIsNamedWithTheStatement() throws SQLException {
        SwitchSides sides = new SwitchSides("");
        sides.set("longTransactionLimit", Duration.ofMillis(1));
        awaitPassing(sides);
        try (Connection open = sides.cluster(Side.TARGET).connect("postgres");
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("create temporary table mine ()");

            Finding writer = awaitFinding(sides);
            assertThat(writer.place()).isEqualTo(Place.on(Side.TARGET));
            assertThat(writer.reason())
                    .startsWith("the slot of the way back would wait on this server for process")
                    .contains("in database postgres");
            end(sides, Side.TARGET, writer);
            awaitPassing(sides);
        }
    }

    private static Finding awaitFinding(SwitchSides sides) {
        return await().atMost(SwitchSides.LONG)
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> sides.finding(Side.SOURCE, LONG_TRANSACTIONS), finding -> true);
    }

    /** By the statement at the end of the remedy. */
    private static void end(SwitchSides sides, Side side, Finding finding) {
        sides.on(side, finding.remedy().substring(finding.remedy().indexOf("SELECT pg_terminate_backend")));
    }

    private static void awaitPassing(SwitchSides sides) {
        await().atMost(SwitchSides.LONG).untilAsserted(() -> sides.passes(Side.SOURCE, LONG_TRANSACTIONS));
    }

    @Test
    @Proves("prepared-transactions")
    void whatIsPreparedOnTheSideThatIsLeftIsCounted() throws SQLException {
        SwitchSides sides = new SwitchSides("create table plain (id int primary key)");
        sides.passes(Side.SOURCE, "prepared-transactions");
        try (Connection open = sides.cluster(Side.SOURCE).connect(sides.database());
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("insert into plain values (1)");
            statement.execute("prepare transaction 'later'");
        }

        Finding prepared = sides.finding(Side.SOURCE, "prepared-transactions");
        assertThat(prepared.place()).isEqualTo(Place.on(Side.SOURCE, sides.database()));
        assertThat(prepared.reason()).isEqualTo("1 prepared transaction is open (pg_prepared_xacts).");
        assertThat(prepared.remedy()).contains("ROLLBACK PREPARED");
        sides.onSource("ROLLBACK PREPARED 'later'");
        sides.passes(Side.SOURCE, "prepared-transactions");
    }

    @Test
    @Proves("way-back-capacity")
    void slotsThatAreAllTakenLeaveNoWayBack() {
        SwitchSides sides = new SwitchSides("");
        sides.passes(Side.SOURCE, "way-back-capacity");
        sides.onTarget("""
                select pg_create_physical_replication_slot('taken_' || number)
                from generate_series(1, current_setting('max_replication_slots')::int
                                        - (select count(*) from pg_replication_slots)::int) as number""");
        try {
            List<Finding> findings = sides.findings(Side.SOURCE, "way-back-capacity");
            assertThat(findings).hasSize(1);
            assertThat(findings.getFirst().place()).isEqualTo(Place.on(Side.TARGET));
            assertThat(findings.getFirst().objects()).containsExactly("max_replication_slots");
            assertThat(findings.getFirst().sentence())
                    .isEqualTo("target: of slots, 0 are free and 1 needed."
                            + " Raise max_replication_slots there, which needs a restart.");
        } finally {
            sides.onTarget("select pg_drop_replication_slot(slot_name) from pg_replication_slots"
                    + " where slot_name like 'taken\\_%'");
        }
        sides.passes(Side.SOURCE, "way-back-capacity");
    }
}
